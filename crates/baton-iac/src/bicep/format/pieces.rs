//! Tokens with the comments that belong to them.

use baton_source::Span;

use crate::bicep::token::{Token, TokenKind};

/// A token, a run of line ends, or the end of the text.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    /// `None` at the end of the text.
    pub(super) kind: Option<TokenKind>,
    pub(super) span: Span,
    pub(super) text: &'a str,
    /// How many line ends; 0 for other tokens.
    pub(super) lines: usize,
    /// Comments and directives before it.
    pub(super) leading: Vec<Comment<'a>>,
    /// Comments behind it on its line.
    pub(super) trailing: Vec<Comment<'a>>,
}

/// A comment or a directive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comment<'a> {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
    pub(super) text: &'a str,
}

/// The pieces of a text, its end as the last.
pub(super) fn pieces<'a>(text: &'a str, tokens: &[Token]) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::with_capacity(tokens.len() / 2);
    let mut waiting = Vec::new();
    for token in tokens {
        let own = token.span.of(text);
        match token.kind {
            TokenKind::Whitespace | TokenKind::ByteOrderMark => {}
            TokenKind::LineComment | TokenKind::BlockComment | TokenKind::Directive => {
                let comment = Comment {
                    kind: token.kind,
                    span: token.span,
                    text: own,
                };
                match pieces.last_mut() {
                    Some(last) if waiting.is_empty() && last.keeps_trailing() => {
                        last.trailing.push(comment);
                    }
                    _ => waiting.push(comment),
                }
            }
            TokenKind::Newline => match pieces.last_mut() {
                Some(last) if waiting.is_empty() && last.lines > 0 => last.lines += 1,
                _ => pieces.push(Piece::new(*token, own, std::mem::take(&mut waiting))),
            },
            _ => pieces.push(Piece::new(*token, own, std::mem::take(&mut waiting))),
        }
    }
    pieces.push(Piece {
        kind: None,
        span: Span::at(text.len()),
        text: "",
        lines: 0,
        leading: waiting,
        trailing: Vec::new(),
    });
    pieces
}

impl<'a> Piece<'a> {
    fn new(token: Token, text: &'a str, leading: Vec<Comment<'a>>) -> Piece<'a> {
        Piece {
            kind: Some(token.kind),
            span: token.span,
            text,
            lines: usize::from(token.kind == TokenKind::Newline),
            leading,
            trailing: Vec::new(),
        }
    }

    /// Whether comments behind it are its own rather than the next token's.
    fn keeps_trailing(&self) -> bool {
        matches!(
            self.kind,
            Some(
                TokenKind::RightParen
                    | TokenKind::RightBracket
                    | TokenKind::RightBrace
                    | TokenKind::StringRight
                    | TokenKind::Question
                    | TokenKind::Exclamation
                    | TokenKind::False
                    | TokenKind::True
                    | TokenKind::Null
                    | TokenKind::StringComplete
                    | TokenKind::Integer
                    | TokenKind::Identifier
            )
        )
    }

    /// Whether it closes a bracket; comments before it are then items of their own.
    pub(super) fn is_closer(&self) -> bool {
        matches!(
            self.kind,
            Some(
                TokenKind::RightParen
                    | TokenKind::RightBracket
                    | TokenKind::RightBrace
                    | TokenKind::StringRight
                    | TokenKind::Question
            )
        )
    }
}
