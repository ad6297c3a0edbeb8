//! Which bracket, quote or heredoc of a text is never closed.

use baton_source::Span;

use super::scanner::{TokenKind, tokens};

/// A string that its line does not close; only lines with an odd number of quotes are a reason to
/// look for one.
pub(super) fn string(text: &str) -> Option<Span> {
    let is_odd = |line: &str| {
        let quotes = line.split('"').skip(1).count();
        let escaped = line.split("\\\"").skip(1).count();
        (quotes - escaped) % 2 == 1
    };
    text.lines().any(is_odd).then(|| innermost(text)).flatten()
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
