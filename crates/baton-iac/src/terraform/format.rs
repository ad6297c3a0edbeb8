//! Terraform's own layout, as `terraform fmt` writes it.
//!
//! First some old spellings are replaced by today's, then blanks are set: nothing else changes,
//! and no line is broken or joined. Text that cannot be parsed is for the caller to leave alone.

mod lines;
mod rewrite;
mod spacing;

use super::scanner::{TokenKind, tokens};

/// Names of files that are Terraform's or `OpenTofu`'s, by how they end.
const SUFFIXES: [&str; 7] = [
    ".tf",
    ".tfvars",
    ".tftest.hcl",
    ".tfmock.hcl",
    ".tfquery.hcl",
    ".tofu",
    ".tofutest.hcl",
];

/// Whether a file of this name is one that is formatted.
pub fn is_formatted(name: &str) -> bool {
    SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
}

/// Whether Terraform passes over a file or folder of this name unless it is told to take it.
pub fn is_ignored(name: &str) -> bool {
    let is_emacs_lock = name.starts_with('#') && name.ends_with('#');
    name.starts_with('.') || name.ends_with('~') || is_emacs_lock
}

/// A text as `terraform fmt` would write it; the text must have no [syntax error].
///
/// A byte order mark goes away; line endings and a missing last one stay.
///
/// [syntax error]: super::syntax_error
pub fn format(text: &str) -> String {
    let pieces = Pieces::of(text);
    laid_out(Pieces {
        list: rewrite::rewritten(&pieces.list),
        ..pieces
    })
}

/// A text with its blanks set and nothing else changed; takes any text.
pub fn lay_out(text: &str) -> String {
    laid_out(Pieces::of(text))
}

fn laid_out(mut pieces: Pieces<'_>) -> String {
    lines::lay_out(&mut pieces.list);
    pieces.written()
}

/// A token and how many blanks stand before it.
#[derive(Debug, Clone, Copy)]
struct Piece<'t> {
    kind: TokenKind,
    text: &'t str,
    blanks: usize,
}

/// All tokens of a text, and the blanks after the last.
struct Pieces<'t> {
    list: Vec<Piece<'t>>,
    blanks_at_end: usize,
}

impl<'t> Pieces<'t> {
    fn of(text: &'t str) -> Pieces<'t> {
        let mut list = Vec::new();
        let mut at = text.len() - text.trim_start_matches(super::BYTE_ORDER_MARK).len();
        for token in tokens(text) {
            let (start, end) = (token.span.start as usize, token.span.end as usize);
            if start < at {
                continue;
            }
            // The word that ends a heredoc has its line to itself, blanks included.
            let (start, end) = match token.kind {
                TokenKind::CloseHeredoc => (at, end_of_line(text, end)),
                _ => (start, end),
            };
            list.push(Piece {
                kind: token.kind,
                text: text.get(start..end).unwrap_or(""),
                blanks: start - at,
            });
            at = end;
        }
        Pieces {
            list,
            blanks_at_end: text.len() - at,
        }
    }

    fn written(&self) -> String {
        let mut text = String::new();
        for piece in &self.list {
            text.extend(std::iter::repeat_n(' ', piece.blanks));
            text.push_str(piece.text);
        }
        text.extend(std::iter::repeat_n(' ', self.blanks_at_end));
        text
    }
}

impl<'t> Piece<'t> {
    /// A token that the text did not have.
    fn new(kind: TokenKind, text: &'t str) -> Piece<'t> {
        Piece {
            kind,
            text,
            blanks: 0,
        }
    }

    /// Whether it is this operator or bracket.
    fn is(&self, punctuation: &str) -> bool {
        self.kind == TokenKind::Punctuation && self.text == punctuation
    }

    /// What it does to the number of open brackets.
    fn bracket(&self) -> i64 {
        match (self.kind, self.text) {
            (TokenKind::Punctuation, "{" | "[" | "(") | (TokenKind::OpenTemplate, _) => 1,
            (TokenKind::Punctuation, "}" | "]" | ")") | (TokenKind::CloseTemplate, _) => -1,
            _ => 0,
        }
    }

    /// Whether a line ends with it.
    fn ends_line(&self) -> bool {
        match self.kind {
            TokenKind::Newline => true,
            TokenKind::LineComment => self.text.ends_with('\n'),
            _ => false,
        }
    }
}

/// Where the line around an offset ends, without its line ending.
fn end_of_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let line = rest.split('\n').next().unwrap_or("");
    at + line.strip_suffix('\r').unwrap_or(line).len()
}

#[cfg(test)]
mod tests;
