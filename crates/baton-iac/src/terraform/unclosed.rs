//! Which bracket, quote or heredoc of a text is never closed.

use baton_source::Span;

use super::scanner::{TokenKind, tokens};

/// A string that its line does not close.
///
/// Only lines with an odd number of quotes, or with an interpolation that goes on below, are a
/// reason to look for one.
pub(super) fn string(text: &str) -> Option<Span> {
    let count = |line: &str, what: &str| line.matches(what).count();
    let is_suspicious = |line: &str| {
        let quotes = count(line, "\"") - count(line, "\\\"");
        quotes % 2 == 1 || count(line, "${") + count(line, "%{") > count(line, "}")
    };
    let mut quoted = text.lines().filter(|line| line.contains('"'));
    quoted.any(is_suspicious).then(|| innermost(text)).flatten()
}

/// The innermost opener that is still open at the end of the text or of its string's line.
pub(super) fn innermost(text: &str) -> Option<Span> {
    let mut open: Vec<Span> = Vec::new();
    for token in tokens(text) {
        match token.kind {
            TokenKind::OpenQuote | TokenKind::OpenHeredoc | TokenKind::OpenTemplate => {
                open.push(token.span);
            }
            TokenKind::CloseQuote | TokenKind::CloseHeredoc | TokenKind::CloseTemplate => {
                open.pop();
            }
            TokenKind::Newline if open.last().is_some_and(|at| at.of(text) == "\"") => {
                return open.pop();
            }
            TokenKind::Punctuation => match token.span.of(text) {
                "{" | "[" | "(" => open.push(token.span),
                "}" | "]" | ")" => drop(open.pop()),
                _ => {}
            },
            _ => {}
        }
    }
    open.pop()
}
