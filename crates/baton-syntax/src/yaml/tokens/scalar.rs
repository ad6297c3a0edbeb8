//! Text, with and without quotes, and names.

use super::TokenKind;
use super::scanner::{FLOW, Misplaced, Scanner, is_apart};

impl Scanner<'_> {
    /// An alias, an anchor or a tag.
    pub(super) fn named(&mut self, kind: TokenKind) -> Result<(), Misplaced> {
        self.note_key()?;
        self.key_allowed = false;
        let start = self.place();
        let rest = self.rest();
        let end = if rest.starts_with("!<") {
            rest.find('>').map(|end| end + 1)
        } else {
            let flow = self.in_flow() || kind != TokenKind::Tag;
            rest.find(|c: char| c.is_whitespace() || (flow && FLOW.contains(&c)))
        };
        self.skip(end.unwrap_or(rest.len()));
        self.push(kind, start);
        Ok(())
    }

    /// Text in quotes.
    pub(super) fn quoted(&mut self, quote: char) -> Result<(), Misplaced> {
        self.note_key()?;
        self.key_allowed = false;
        let start = self.place();
        let mut characters = self.rest().char_indices().skip(1).peekable();
        let mut end = None;
        while let Some((at, character)) = characters.next() {
            match character {
                '\\' if quote == '"' => {
                    characters.next();
                }
                '\'' if quote == '\'' => {
                    if characters.next_if(|(_, next)| *next == '\'').is_none() {
                        end = Some(at + 1);
                        break;
                    }
                }
                '"' if quote == '"' => {
                    end = Some(at + 1);
                    break;
                }
                _ => {}
            }
        }
        let end = end.ok_or(Misplaced)?;
        self.skip(end);
        self.push(
            if quote == '"' {
                TokenKind::Double
            } else {
                TokenKind::Single
            },
            start,
        );
        Ok(())
    }

    /// Text without quotes, on one line or several.
    pub(super) fn plain(&mut self) -> Result<(), Misplaced> {
        self.note_key()?;
        self.key_allowed = false;
        let start = self.place();
        let indent = usize::try_from(self.indent + 1).unwrap_or(0);
        let mut crossed = false;
        loop {
            let length = self.plain_words();
            if length == 0 {
                break;
            }
            self.skip(length);
            let rest = self.rest();
            let gap = rest.len() - rest.trim_start().len();
            let blanks = rest.get(..gap).unwrap_or("");
            let Some(last) = blanks.rfind('\n') else {
                break;
            };
            crossed = true;
            let column = gap - last - 1;
            let next = rest.get(gap..).unwrap_or("");
            let marked = column == 0 && is_document_mark(next);
            let shallow = !self.in_flow() && column < indent;
            if next.is_empty() || next.starts_with('#') || shallow || marked {
                break;
            }
            if !self.goes_on(next) {
                break;
            }
            self.skip(gap);
        }
        if self.at == start.at {
            return Err(Misplaced);
        }
        self.push(TokenKind::Plain, start);
        self.key_allowed = crossed;
        Ok(())
    }

    /// Whether text of several lines goes on with these words.
    fn goes_on(&self, next: &str) -> bool {
        let behind = next.get(1..).unwrap_or("");
        match next.chars().next() {
            Some(':') => !is_apart(behind),
            Some(sign) => !(self.in_flow() && FLOW.contains(&sign)),
            None => false,
        }
    }

    /// The length of what belongs to unquoted text on this line.
    fn plain_words(&self) -> usize {
        let line = self.rest();
        let line = line.get(..line.find(['\n', '\r']).unwrap_or(line.len()));
        let line = line.unwrap_or("");
        let flow = self.in_flow();
        let mut before = 'x';
        let mut end = line.len();
        for (at, sign) in line.char_indices() {
            let behind = line.get(at + sign.len_utf8()..).unwrap_or("");
            let ends = match sign {
                ':' => is_apart(behind) || (flow && behind.starts_with(FLOW)),
                '#' => matches!(before, ' ' | '\t'),
                _ => flow && FLOW.contains(&sign),
            };
            if ends {
                end = at;
                break;
            }
            before = sign;
        }
        line.get(..end).unwrap_or("").trim_end().len()
    }
}

fn is_document_mark(text: &str) -> bool {
    let behind = text.strip_prefix("---").or(text.strip_prefix("..."));
    behind.is_some_and(is_apart)
}
