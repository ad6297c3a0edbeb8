//! Redirections.

use super::cursor::Cursor;
use super::word::Quoting;
use super::{Redirection, RedirectionOperator, Word};

/// Operators, the longer before those they begin with.
const OPERATORS: [(&str, RedirectionOperator); 12] = [
    ("<<<", RedirectionOperator::HereString),
    ("<<-", RedirectionOperator::HereDocTabs),
    ("<<", RedirectionOperator::HereDoc),
    ("<>", RedirectionOperator::ReadWrite),
    ("<&", RedirectionOperator::DuplicateInput),
    ("<", RedirectionOperator::Read),
    ("&>>", RedirectionOperator::AppendBoth),
    ("&>", RedirectionOperator::WriteBoth),
    (">>", RedirectionOperator::Append),
    (">|", RedirectionOperator::Clobber),
    (">&", RedirectionOperator::DuplicateOutput),
    (">", RedirectionOperator::Write),
];

impl Cursor<'_> {
    /// A redirection, if one begins here.
    pub(super) fn redirection(&mut self) -> Option<Redirection> {
        let start = self.pos;
        let digits = self.descriptor_end();
        self.pos = digits;
        let found = OPERATORS
            .iter()
            .find_map(|(sign, operator)| self.sees(sign).map(|end| (end, *operator)));
        let Some((end, operator)) = found.filter(|_| !self.at_process_substitution()) else {
            self.pos = start;
            return None;
        };
        let descriptor = (digits > start).then(|| self.slice(start, digits).to_owned());
        self.pos = end;
        self.blanks();
        let at = self.pos;
        // A `#` here would begin a comment.
        let word = match self.peek() {
            Some(b'#') => None,
            _ => self.word(Quoting::None),
        };
        let target = word.unwrap_or_else(|| {
            self.error(start, end, "the redirection names no file");
            Word {
                span: self.span(at, at),
                parts: Vec::new(),
            }
        });
        let here_doc = match operator {
            _ if target.parts.is_empty() => None,
            RedirectionOperator::HereDoc => Some(self.announce(&target, false)),
            RedirectionOperator::HereDocTabs => Some(self.announce(&target, true)),
            _ => None,
        };
        let stop = if target.parts.is_empty() {
            end
        } else {
            self.pos
        };
        Some(Redirection {
            span: self.span(start, stop),
            descriptor,
            operator,
            target,
            here_doc,
        })
    }

    /// Redirections after a compound command.
    pub(super) fn redirections(&mut self) -> Vec<Redirection> {
        let mut all = Vec::new();
        loop {
            let end = self.pos;
            self.blanks();
            let Some(redirection) = self.redirection() else {
                self.pos = end;
                return all;
            };
            all.push(redirection);
        }
    }

    /// Whether `<(` or `>(` stands here, which is a word.
    pub(super) fn at_process_substitution(&self) -> bool {
        matches!(self.peek(), Some(b'<' | b'>')) && self.ahead(1) == Some(b'(')
    }

    /// Where the digits, or the name in braces, before an operator end.
    fn descriptor_end(&self) -> usize {
        let mut end = self.pos;
        while self.byte(end).is_some_and(|byte| byte.is_ascii_digit()) {
            end += 1;
        }
        if end == self.pos && self.peek() == Some(b'{') {
            end += 1;
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            while self.byte(end).is_some_and(is_name) {
                end += 1;
            }
            if end == self.pos + 1 || self.byte(end) != Some(b'}') {
                return self.pos;
            }
            end += 1;
        }
        match self.byte(end) {
            Some(b'<' | b'>') => end,
            _ => self.pos,
        }
    }
}

impl RedirectionOperator {
    /// Whether it may create or change its target, as far as the operator tells.
    pub fn writes(self) -> bool {
        matches!(
            self,
            RedirectionOperator::Write
                | RedirectionOperator::Clobber
                | RedirectionOperator::Append
                | RedirectionOperator::ReadWrite
                | RedirectionOperator::DuplicateOutput
                | RedirectionOperator::WriteBoth
                | RedirectionOperator::AppendBoth
        )
    }
}
