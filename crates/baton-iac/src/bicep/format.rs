//! The one way a Bicep file is written, the way of `bicep format`.
//!
//! A layout is made of each declaration and fitted into lines. What Bicep cannot read stays as
//! it is, and so does a declaration whose new text would not be the same tokens and comments.

mod document;
mod layout;
mod options;
mod pieces;
mod printer;
mod same;

use std::borrow::Cow;

use baton_source::{Span, SyntaxError};

use self::document::{Doc, collapsed, separated};
use self::layout::Layout;
use self::pieces::{Piece, pieces};
use super::token::TokenKind;
use super::tree::{Declaration, DeclarationKind, File};
use super::{lex, parse};

pub use self::options::{IndentKind, Newline, Options};

/// How often a text is formatted at most, until nothing changes any more.
const ROUNDS: usize = 4;

/// Whether a file of this name is one that is formatted.
pub fn is_formatted(name: &str) -> bool {
    [".bicep", ".bicepparam"]
        .iter()
        .any(|suffix| name.ends_with(suffix))
}

/// The text as Bicep's formatter writes it, and leaves it when it is asked again.
///
/// An object that had to be broken in the first round may let the call around it stay on one
/// line in the second.
pub fn format(text: &str, options: &Options) -> String {
    let mut out = once(text, options);
    let mut before = Cow::Borrowed(text);
    for _ in 1..ROUNDS {
        if out == before {
            break;
        }
        let next = once(&out, options);
        before = std::mem::replace(&mut out, next).into();
    }
    out
}

fn once(text: &str, options: &Options) -> String {
    let tokens = lex(text);
    let pieces = pieces(text, &tokens);
    let (file, errors) = parse(text);
    let mut layout = Layout::new(text, options.newline, &pieces);
    let docs = separated(
        collapsed(program(&mut layout, &file, &errors, options)),
        document::Line::Hard,
    );
    let mut out = printer::print(&docs, options);
    if options.final_newline {
        out.push_str(options.newline.text());
    }
    out
}

/// All of a file: declarations, what could not be read, and the comments between.
fn program<'a>(
    layout: &mut Layout<'a, '_>,
    file: &File,
    errors: &[SyntaxError],
    options: &Options,
) -> Vec<Doc<'a>> {
    let mut docs = Vec::new();
    for declaration in &file.declarations {
        while layout
            .piece()
            .is_some_and(|piece| piece.span.start < declaration.span.start)
        {
            docs.extend(layout.parts());
        }
        docs.extend(one(layout, declaration, errors, options));
    }
    while layout.piece().is_some() {
        docs.extend(layout.parts());
    }
    docs
}

/// A declaration in its new form, or as it is.
fn one<'a>(
    layout: &mut Layout<'a, '_>,
    declaration: &Declaration,
    errors: &[SyntaxError],
    options: &Options,
) -> Vec<Doc<'a>> {
    let start = layout.at;
    let span = declaration.span;
    let end = start + pieces_in(layout.pieces.get(start..).unwrap_or_default(), span);
    let broken = declaration.kind == DeclarationKind::Broken
        || errors
            .iter()
            .any(|error| span.start <= error.span.start && error.span.start <= span.end);
    let own = layout.pieces.get(start..end).unwrap_or_default();
    if !broken {
        let docs = layout.declaration(declaration);
        let fine = !layout.foreign && layout.at == end;
        layout.foreign = false;
        if fine && same::keeps_all(own, &docs, options) {
            return docs;
        }
    }
    layout.at = start;
    unchanged(layout, end)
}

/// The lines up to `end` as they are, apart from blanks before and after each that no bracket holds.
fn unchanged<'a>(layout: &mut Layout<'a, '_>, end: usize) -> Vec<Doc<'a>> {
    let mut docs = Vec::new();
    while layout.at < end {
        let rest = layout.pieces.get(layout.at..end).unwrap_or_default();
        let line = line_of(rest);
        docs.extend(verbatim(layout, rest.get(..line).unwrap_or_default()));
        layout.at += line;
        if layout.at < end {
            docs.extend(layout.parts());
        }
    }
    docs
}

/// How many pieces come before the first line end outside of brackets.
fn line_of(pieces: &[Piece<'_>]) -> usize {
    let mut depth = 0_usize;
    for (at, piece) in pieces.iter().enumerate() {
        match piece.kind {
            Some(TokenKind::LeftBrace | TokenKind::LeftBracket | TokenKind::LeftParen) => {
                depth += 1;
            }
            Some(TokenKind::RightBrace | TokenKind::RightBracket | TokenKind::RightParen) => {
                depth = depth.saturating_sub(1);
            }
            Some(TokenKind::Newline) if depth == 0 => return at,
            _ => {}
        }
    }
    pieces.len()
}

fn pieces_in(pieces: &[Piece<'_>], span: Span) -> usize {
    let inside = |piece: &&Piece<'_>| piece.kind.is_some() && piece.span.start < span.end;
    pieces.iter().take_while(inside).count()
}

/// The text of pieces with the comments before and behind them.
fn verbatim<'a>(layout: &Layout<'a, '_>, own: &[Piece<'a>]) -> Option<Doc<'a>> {
    let (first, last) = own.first().zip(own.last())?;
    let start = first.leading.first().map_or(first.span, |it| it.span);
    let end = last.trailing.last().map_or(last.span, |it| it.span);
    let text = start.to(end).of(layout.text).trim();
    Some(Doc::text(layout.newline.normalized(text)))
}
