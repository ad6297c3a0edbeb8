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
        let mut found = Directives::default();
        let mut directives = tokens
            .iter()
            .filter(|it| it.kind == TokenKind::Directive)
            .peekable();
        if directives.peek().is_none() {
            return found;
        }
        let lines = LineIndex::new(text);
        let mut open: Vec<(&str, u32)> = Vec::new();
        let mut silence = |code: &str, start: u32, end: u32| {
            let stretch = Span::new(start as usize, end as usize + 1);
            found.stretches.push((code.to_owned(), stretch));
        };
        let whole = Span::new(0, text.len()).end;
        for Token { span: at, .. } in directives {
            let mut words = at.of(text).split_whitespace();
            let what = words.next().unwrap_or_default();
            for code in words {
                match what {
                    "#disable-next-line" => {
                        let after = lines.start_of(lines.line_of(at.start) + 2);
                        silence(code, at.start, after.map_or(whole, |it| it - 2));
                    }
                    "#disable-diagnostics" => open.push((code, at.start)),
                    "#restore-diagnostics" => open.retain(|(known, start)| {
                        if *known == code {
                            silence(code, *start, at.end);
                        }
                        *known != code
                    }),
                    _ => {}
                }
            }
        }
        for (code, start) in open {
            silence(code, start, whole);
        }
        found
    }

    /// Whether a diagnostic that starts at an offset is silenced.
    pub fn silence(&self, code: &str, offset: u32) -> bool {
        let mut stretches = self.stretches.iter();
        stretches.any(|(silenced, at)| silenced == code && at.contains(offset))
    }
}
