//! Bicep tokens to a tree, by recursive descent.
//!
//! The first error ends a declaration; reading goes on at the next one.

mod cursor;
mod declaration;
mod expression;
mod list;
mod recovery;
mod types;
mod value;

use baton_source::{Span, SyntaxError};

use super::lexer::{Lexed, tokenize};
use super::token::{Token, TokenKind};
use super::tree::{Declaration, DeclarationKind, File};

/// What is read, or the error that ends the declaration.
type Parsed<T> = Result<T, SyntaxError>;

/// How often the text may be read again, on the whole, because declarations are broken.
const REREADINGS: usize = 8;

/// Where reading stands.
struct Parser<'a> {
    text: &'a str,
    /// Without trivia, several line ends in a row as one.
    tokens: Vec<Token>,
    at: usize,
    /// Expressions, types and bodies around the current token.
    depth: u32,
    /// Depth of the deepest node of what is being read.
    deepest: u32,
    /// The token after which the next declaration may start if this one is broken.
    anchor: usize,
    /// Tokens that may still be read again after a broken declaration.
    rereading: usize,
    /// An error that did not keep the declaration from being read.
    minor: Option<SyntaxError>,
}

/// Reads a text.
pub(super) fn file(text: &str) -> (File, Vec<SyntaxError>) {
    let Lexed { tokens, errors } = tokenize(text);
    let tokens = significant(&tokens);
    let mut parser = Parser {
        text,
        rereading: tokens.len().saturating_mul(REREADINGS),
        tokens,
        at: 0,
        depth: 0,
        deepest: 0,
        anchor: 0,
        minor: None,
    };
    let mut declarations = Vec::new();
    let mut broken = Vec::new();
    loop {
        parser.skip_newlines();
        if parser.at_end() {
            break;
        }
        let (declaration, error) = parser.top_level();
        broken.push((declaration.span, error));
        declarations.push(declaration);
    }
    let file = File {
        span: Span::new(0, text.len()),
        declarations,
    };
    (file, one_each(broken, errors))
}

/// The tokens the grammar speaks of, several line ends in a row as one.
fn significant(tokens: &[Token]) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens.iter().filter(|token| !token.kind.is_trivia()) {
        match kept.last_mut() {
            Some(last) if last.kind == TokenKind::Newline && token.kind == TokenKind::Newline => {
                last.span.end = token.span.end;
            }
            _ => kept.push(*token),
        }
    }
    kept
}

/// Of the lexer's and the parser's errors, the first in each declaration and all outside of them.
fn one_each(
    declarations: Vec<(Span, Option<SyntaxError>)>,
    lexical: Vec<SyntaxError>,
) -> Vec<SyntaxError> {
    let mut errors = Vec::new();
    let mut lexical = lexical.into_iter().peekable();
    for (span, own) in declarations {
        while let Some(outside) = lexical.next_if(|error| error.span.start < span.start) {
            errors.push(outside);
        }
        let mut first = own;
        while let Some(inside) = lexical.next_if(|error| error.span.start <= span.end) {
            if first
                .as_ref()
                .is_none_or(|first| inside.span.start <= first.span.start)
            {
                first = Some(inside);
            }
        }
        errors.extend(first);
    }
    errors.extend(lexical);
    errors
}

impl Parser<'_> {
    /// One declaration, readable or not, and its error.
    fn top_level(&mut self) -> (Declaration, Option<SyntaxError>) {
        let start = self.at;
        self.anchor = start;
        self.depth = 0;
        self.deepest = 0;
        self.minor = None;
        let declaration = self.declaration().and_then(|declaration| {
            self.line_end()?;
            Ok(declaration)
        });
        let error = match declaration {
            Ok(declaration) => return (declaration, self.minor.take()),
            Err(error) => error,
        };
        let broken = self.recover(start);
        let span = broken.span;
        let declaration = Declaration {
            span,
            decorators: Vec::new(),
            keyword: Span::at(span.start as usize),
            kind: DeclarationKind::Broken,
        };
        let minor = self.minor.take();
        let minor = minor.filter(|minor| minor.span.end <= span.end);
        let error = minor.unwrap_or_else(|| broken.error(error, self.text));
        (declaration, Some(error))
    }

    fn line_end(&mut self) -> Parsed<()> {
        if self.at_end() || self.kind() == Some(TokenKind::Newline) {
            return Ok(());
        }
        Err(self.expected("a line break after the declaration"))
    }
}
