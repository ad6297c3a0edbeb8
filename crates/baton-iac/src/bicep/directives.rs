//! Comments that silence the diagnostics of Bicep.

use baton_source::{LineIndex, Span};

use super::token::{Token, TokenKind};

/// What a text's `#disable-…` and `#restore-diagnostics` say.
#[derive(Debug, Default)]
pub struct Directives {
    /// Codes and the stretches of text in which they are silenced.
    stretches: Vec<(String, Span)>,
}

impl Directives {
    /// Reads the directives among a text's tokens.
    pub fn of(text: &str, tokens: &[Token]) -> Directives {
        let directives = tokens.iter().filter(|it| it.kind == TokenKind::Directive);
        let directives: Vec<Span> = directives.map(|it| it.span).collect();
        let mut found = Directives::default();
        if directives.is_empty() {
            return found;
        }
        let lines = LineIndex::new(text);
        let mut open: Vec<(&str, u32)> = Vec::new();
        for at in directives {
            let mut words = at.of(text).split_whitespace();
            match words.next().unwrap_or_default() {
                "#disable-next-line" => {
                    let after = lines.start_of(lines.line_of(at.start) + 2);
                    let end = after.map_or(text.len(), |it| it as usize - 1);
                    words.for_each(|code| found.silenced(code, (at.start, end)));
                }
                "#disable-diagnostics" => open.extend(words.map(|code| (code, at.start))),
                "#restore-diagnostics" => {
                    let codes: Vec<&str> = words.collect();
                    let (ended, rest) = open.into_iter().partition(|(it, _)| codes.contains(it));
                    open = rest;
                    found.end(ended, at.end as usize);
                }
                _ => {}
            }
        }
        found.end(open, text.len());
        found
    }

    fn end(&mut self, open: Vec<(&str, u32)>, end: usize) {
        for (code, start) in open {
            self.silenced(code, (start, end));
        }
    }

    fn silenced(&mut self, code: &str, (start, end): (u32, usize)) {
        let stretch = Span::new(start as usize, end + 1);
        self.stretches.push((code.to_owned(), stretch));
    }

    /// Whether a diagnostic that starts at an offset is silenced.
    pub fn silence(&self, code: &str, offset: u32) -> bool {
        let mut stretches = self.stretches.iter();
        stretches.any(|(silenced, at)| silenced == code && at.contains(offset))
    }
}
