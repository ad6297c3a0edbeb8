//! Declarations to layouts, tree and tokens side by side.
//!
//! The tree says what something is, the tokens how it is written and where comments are.

mod brackets;
mod declaration;
mod expression;
mod types;

use super::document::Doc;
use super::options::Newline;
use super::pieces::{Comment, Piece};
use crate::bicep::token::TokenKind;
use crate::bicep::tree::Declaration;

/// Where the layout stands.
pub(super) struct Layout<'a, 'p> {
    pub(super) text: &'a str,
    pub(super) newline: Newline,
    pub(super) pieces: &'p [Piece<'a>],
    pub(super) at: usize,
    /// How many line breaks were forced so far; a group with one in it is broken.
    breaks: i32,
    /// Breaks of the last argument that leave its call alone but break what is around that.
    deferred: i32,
    /// Whether something was met that Bicep itself does not read.
    pub(super) foreign: bool,
}

impl<'a, 'p> Layout<'a, 'p> {
    pub(super) fn new(text: &'a str, newline: Newline, pieces: &'p [Piece<'a>]) -> Self {
        Layout {
            text,
            newline,
            pieces,
            at: 0,
            breaks: 0,
            deferred: 0,
            foreign: false,
        }
    }

    /// The lines of a declaration, each without its indentation.
    pub(super) fn declaration(&mut self, declaration: &Declaration) -> Vec<Doc<'a>> {
        self.decorated(declaration)
    }

    pub(super) fn piece(&self) -> Option<&'p Piece<'a>> {
        self.pieces.get(self.at)
    }

    fn kind_at(&self, at: usize) -> Option<TokenKind> {
        self.pieces.get(at).and_then(|piece| piece.kind)
    }

    fn is(&self, kind: TokenKind) -> bool {
        self.kind_at(self.at) == Some(kind)
    }

    /// The current token, with its comments.
    fn token(&mut self) -> Doc<'a> {
        let mut parts = self.parts();
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            Some(last) => {
                parts.push(last);
                Doc::spread(parts)
            }
            None => Doc::text(""),
        }
    }

    /// The current token: comments on lines of their own before it, and the token.
    ///
    /// Of a comma, and of the `|` of a union, only the comments.
    pub(super) fn parts(&mut self) -> Vec<Doc<'a>> {
        let Some(piece) = self.piece() else {
            return Vec::new();
        };
        self.at += 1;
        let leading = self.comments(&piece.leading);
        match piece.kind {
            Some(TokenKind::Newline) => self.line_end(leading, piece.lines),
            None | Some(TokenKind::Comma | TokenKind::Pipe) => {
                let commented = !leading.is_empty();
                commented
                    .then(|| Doc::spread(leading))
                    .into_iter()
                    .collect()
            }
            _ if piece.is_closer() => {
                let own = self.with_trailing(Vec::new(), Doc::text(piece.text), &piece.trailing);
                leading.into_iter().chain([own]).collect()
            }
            _ => vec![self.with_trailing(leading, Doc::text(piece.text), &piece.trailing)],
        }
    }

    fn line_end(&mut self, comments: Vec<Doc<'a>>, lines: usize) -> Vec<Doc<'a>> {
        use super::document::Line::{Hard, Soft};
        let line = Doc::Line(if lines > 1 { Hard } else { Soft });
        if comments.is_empty() {
            return vec![line];
        }
        self.breaks += 1;
        vec![Doc::spread(comments), line]
    }

    /// Comments and directives before a token.
    pub(super) fn comments(&mut self, comments: &[Comment<'a>]) -> Vec<Doc<'a>> {
        comments
            .iter()
            .map(|comment| self.comment(*comment))
            .collect()
    }

    fn comment(&mut self, comment: Comment<'a>) -> Doc<'a> {
        match comment.kind {
            TokenKind::Directive => Doc::text(directive(comment.text)),
            TokenKind::LineComment => {
                self.breaks += 1;
                Doc::text(comment.text)
            }
            _ => Doc::text(self.lines_of(comment.text.trim_end_matches(['\r', '\n']))),
        }
    }

    /// A text between the comments before and behind it.
    fn with_trailing(
        &mut self,
        mut spread: Vec<Doc<'a>>,
        own: Doc<'a>,
        trailing: &[Comment<'a>],
    ) -> Doc<'a> {
        spread.push(own);
        let mut suffix = None;
        for comment in trailing {
            if comment.kind == TokenKind::LineComment {
                self.breaks += 1;
                suffix = Some(Doc::Suffix(format!(" {}", comment.text)));
            } else {
                spread.push(self.comment(*comment));
            }
        }
        let text = match spread.pop() {
            Some(only) if spread.is_empty() => only,
            last => Doc::spread(spread.into_iter().chain(last)),
        };
        match suffix {
            Some(suffix) => Doc::Glue(vec![text, suffix]),
            None => text,
        }
    }

    /// A text with line ends of the wanted kind.
    fn lines_of(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        if text.contains(['\r', '\n']) {
            return self.newline.normalized(text).into();
        }
        text.into()
    }

    /// Line ends, commas and bars up to the next token that is none.
    fn gap(&mut self) -> Vec<Doc<'a>> {
        let mut docs = Vec::new();
        while let Some(TokenKind::Newline | TokenKind::Comma | TokenKind::Pipe) =
            self.kind_at(self.at)
        {
            docs.extend(self.parts());
        }
        docs
    }

    /// A string as it is written, with the comments around it.
    fn string(&mut self) -> Doc<'a> {
        let Some(first) = self.piece() else {
            return Doc::text("");
        };
        let leading = self.comments(&first.leading);
        let mut written = String::new();
        let mut depth = 0_i32;
        let mut last = first;
        let mut copied = first.span.start as usize;
        while let Some(piece) = self.piece() {
            self.at += 1;
            last = piece;
            depth += match piece.kind {
                Some(TokenKind::StringLeft) => 1,
                Some(TokenKind::StringRight) => -1,
                _ => 0,
            };
            let own = depth == 0
                || (depth == 1 && piece.kind == Some(TokenKind::StringMiddle))
                || std::ptr::eq(piece, first);
            if own {
                let until = piece.span.start as usize;
                let between = self.text.get(copied..until).unwrap_or_default();
                written.push_str(between.trim_start_matches([' ', '\t']));
                written.push_str(piece.text);
                copied = piece.span.end as usize;
            }
            if depth == 0 {
                break;
            }
        }
        let text = if written.contains(['\r', '\n']) {
            self.newline.normalized(&written)
        } else {
            written
        };
        self.with_trailing(leading, Doc::text(text), &last.trailing)
    }
}

/// The directives Bicep knows.
const KNOWN: [&str; 3] = [
    "#disable-next-line",
    "#disable-diagnostics",
    "#restore-diagnostics",
];

/// A directive with single blanks between its words.
fn directive(text: &str) -> String {
    let mut words = text.split_ascii_whitespace();
    let keyword = words.next().unwrap_or_default();
    if !KNOWN.contains(&keyword) {
        return text.to_owned();
    }
    let codes: Vec<&str> = words.collect();
    format!("{keyword} {}", codes.join(" "))
}
