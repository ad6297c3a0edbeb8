//! Whether a new text says what the old one said.

use super::document::{Doc, Line, collapsed, separated};
use super::options::{Newline, Options};
use super::pieces::Piece;
use super::printer::print;
use crate::bicep::token::TokenKind;
use crate::bicep::{lex, parse};

/// Whether all tokens and comments are in the new text, in their order, and it can be read.
///
/// Line ends, commas and the `|` before a first member are the formatter's to set.
pub(super) fn keeps_all(own: &[Piece<'_>], docs: &[Doc<'_>], options: &Options) -> bool {
    let docs = separated(collapsed(docs.to_vec()), Line::Hard);
    let new = print(&docs, options);
    let mut old: Vec<String> = Vec::new();
    for piece in own {
        old.extend(piece.leading.iter().map(|it| plain(it.text)));
        if piece.kind.is_some_and(counts) {
            old.push(plain(piece.text));
        }
        old.extend(piece.trailing.iter().map(|it| plain(it.text)));
    }
    let tokens = lex(&new);
    let kept = tokens.iter().filter(|token| counts(token.kind));
    let kept = kept.map(|token| plain(token.span.of(&new)));
    old.into_iter().eq(kept) && parse(&new).1.is_empty()
}

fn counts(kind: TokenKind) -> bool {
    !matches!(
        kind,
        TokenKind::Newline
            | TokenKind::Whitespace
            | TokenKind::ByteOrderMark
            | TokenKind::Comma
            | TokenKind::Pipe
    )
}

/// A token's text whatever its line ends; a directive's whatever its blanks.
fn plain(text: &str) -> String {
    if text.starts_with('#') {
        return text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    }
    Newline::Lf.normalized(text)
}
