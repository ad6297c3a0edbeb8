//! What stands between signs: blanks, line endings, comments.

use baton_source::Span;

use super::Comment;
use super::scanner::Scanner;

impl Scanner<'_> {
    /// Goes on to the next sign; comments on the way are kept.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
            self.skip(blanks);
            let rest = self.rest();
            if rest.starts_with('\n') {
                self.skip(1);
                self.key_allowed |= !self.in_flow();
            } else if rest.starts_with('#') && self.may_comment() {
                self.comment();
            } else {
                return;
            }
        }
    }

    fn may_comment(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or("");
        let before = before.chars().next_back();
        before.is_none_or(|before| {
            matches!(
                before,
                ' ' | '\t' | '\n' | '\u{feff}' | ',' | '[' | '{' | ']' | '}'
            )
        })
    }

    fn comment(&mut self) {
        let rest = self.rest();
        let end = rest.find('\n').unwrap_or(rest.len());
        let text = rest.get(..end).unwrap_or("").trim_end_matches('\r');
        let last = self.out.tokens.last();
        let comment = Comment {
            span: Span::new(self.at, self.at + text.len()),
            line: self.line,
            column: self.column(),
            is_inline: last.is_some_and(|last| last.end_line == self.line),
            after: self.out.tokens.len(),
        };
        self.out.comments.push(comment);
        self.skip(end);
    }
}
