//! Text in double quotes: control characters and escapes.

use baton_source::Span;

use super::FaultKind;
use super::scan::{Lost, Scan};

impl<'t> Scan<'t> {
    /// Reads a text in double quotes and yields what is between them.
    pub(super) fn inside_quotes(&mut self) -> Result<&'t str, Lost> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        self.at += 1;
        let mut has_control = false;
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'"' => {
                    let inner = Span::new(start + 1, self.at).of(self.text);
                    self.at += 1;
                    return Ok(inner);
                }
                b'\\' => self.escape()?,
                b'\n' | b'\r' => break,
                0..0x20 if has_control => self.at += 1,
                0..0x20 => {
                    has_control = true;
                    let message = format!(
                        "the control character U+{byte:04X} must be written as `\\u{byte:04x}`"
                    );
                    self.syntax(Span::new(self.at, self.at + 1), message);
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
        let message = "the text that begins here is not closed on its line";
        self.syntax(Span::new(start, start + 1), message);
        Err(Lost)
    }

    fn escape(&mut self) -> Result<(), Lost> {
        let start = self.at;
        let after = self.rest().chars().nth(1);
        let length = 1 + after.map_or(0, char::len_utf8);
        match after {
            Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => self.at += length,
            Some('u') => self.unicode_escape(),
            Some(sign) if !sign.is_control() => {
                let message = format!("`\\{sign}` is no escape; a backslash is written as `\\\\`");
                self.syntax(Span::new(start, start + length), message);
                self.at += length;
            }
            _ => {
                let message = "nothing that can be escaped follows this backslash";
                self.syntax(Span::new(start, start + 1), message);
                return Err(Lost);
            }
        }
        Ok(())
    }

    fn unicode_escape(&mut self) {
        let start = self.at;
        let Some(unit) = unit(self.rest()) else {
            let digits = self.rest().bytes().skip(2).take(4);
            self.at += 2 + digits.take_while(u8::is_ascii_hexdigit).count();
            let message = "`\\u` needs four hexadecimal digits";
            self.syntax(Span::new(start, self.at), message);
            return;
        };
        self.at += 6;
        match unit {
            0xD800..0xDC00 if is_low(unit_of_escape(self.rest())) => self.at += 6,
            0xD800..0xE000 => self.push(Span::new(start, self.at), FaultKind::LoneSurrogate),
            _ => {}
        }
    }
}

fn is_low(unit: Option<u16>) -> bool {
    unit.is_some_and(|unit| (0xDC00..0xE000).contains(&unit))
}

/// The code unit of `\uXXXX` at the beginning of a text, if that stands there.
fn unit_of_escape(text: &str) -> Option<u16> {
    text.starts_with("\\u").then(|| unit(text))?
}

/// The number that the third to the sixth character of a text make.
fn unit(text: &str) -> Option<u16> {
    let digits = text.get(2..6)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
}
