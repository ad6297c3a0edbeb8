//! `${…}`.

use super::cursor::Cursor;
use super::word::Quoting;
use super::{Parameter, Part, PartKind};

/// Operators, the longer before those they begin with.
const OPERATORS: [&str; 24] = [
    ":-", ":=", ":?", ":+", "##", "%%", "//", "/#", "/%", "^^", ",,", "~~", "#", "%", "/", "^",
    ",", "~", "@", "-", "=", "?", "+", ":",
];

impl Cursor<'_> {
    /// `${…}`; its brace stands here.
    pub(super) fn nested_parameter(&mut self, start: usize, quoting: Quoting) -> PartKind {
        self.pos += 1;
        let parameter = self.nested(|cursor| cursor.parameter(quoting));
        self.close(b'}', start, "the brace of the parameter is not closed");
        PartKind::Parameter(Box::new(parameter))
    }

    fn parameter(&mut self, quoting: Quoting) -> Parameter {
        let prefix = self.prefix();
        let name = self.parameter_name();
        let subscript = self.subscript();
        let operator = OPERATORS
            .iter()
            .find(|sign| self.rest().starts_with(**sign));
        let operator = operator.copied().unwrap_or("");
        self.pos += operator.len();
        let quoted = matches!(
            quoting,
            Quoting::Double | Quoting::HereDoc | Quoting::QuotedBraces
        );
        let pattern = operator.starts_with(['#', '%', '/', '^', ',', '~']);
        let argument = self.parts(if quoted && !pattern {
            Quoting::QuotedBraces
        } else {
            Quoting::Braces
        });
        Parameter {
            name,
            prefix,
            subscript,
            operator: operator.to_owned(),
            argument,
        }
    }

    /// `#` or `!`, unless it is itself the parameter.
    fn prefix(&mut self) -> String {
        let Some(sign) = self.peek().filter(|sign| matches!(sign, b'#' | b'!')) else {
            return String::new();
        };
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_@*?$!#".contains(&byte);
        // `${#-x}` is `$#` or `x`, but `${#-}` is how long `$-` is.
        let alone = self.ahead(1) == Some(b'-') && self.ahead(2) == Some(b'}');
        let before_close =
            matches!(self.ahead(1), Some(b'#' | b'?')) && self.ahead(2) != Some(b'}');
        if before_close || !(alone || self.ahead(1).is_some_and(is_name)) {
            return String::new();
        }
        self.pos += 1;
        char::from(sign).to_string()
    }

    fn parameter_name(&mut self) -> String {
        let start = self.pos;
        let digits = |byte: &u8| byte.is_ascii_digit();
        if self.peek().as_ref().is_some_and(digits) {
            while self.peek().as_ref().is_some_and(digits) {
                self.pos += 1;
            }
        } else if self.peek().is_some_and(|byte| b"@*#?$!-".contains(&byte)) {
            self.pos += 1;
        } else {
            self.pos = self.name_end(start);
        }
        self.slice(start, self.pos).to_owned()
    }

    fn subscript(&mut self) -> Option<Vec<Part>> {
        if self.peek() != Some(b'[') {
            return None;
        }
        let from = self.pos + 1;
        let end = self.bracket_end(from)?;
        let parts = self
            .nested(|cursor| cursor.region(from, end, |cursor| cursor.parts(Quoting::Arithmetic)));
        self.pos = (end + 1).min(self.end);
        Some(parts)
    }
}
