//! Bicep: tokens that keep every byte, and a tree with positions.
//!
//! Reads `.bicep` and `.bicepparam` alike. Never fails: a declaration that cannot be read
//! becomes one error, and the others are still there. What names mean is decided elsewhere.

mod decode;
mod directives;
mod expression;
pub mod format;
pub mod infer;
mod lexer;
mod parser;
pub mod symbols;
mod token;
mod tree;
mod types;
pub mod walk;

use baton_source::SyntaxError;

pub use directives::Directives;
pub use expression::{
    BinaryOperator, Entry, Expr, ExprKind, For, Item, Key, Name, Object, Property, Spread,
    StringLiteral, StringPart, UnaryOperator,
};
pub use token::{Token, TokenKind};
pub use tree::{
    Assignment, Declaration, DeclarationKind, Decorator, Extension, ExtensionConfig, File,
    Function, FunctionParameter, Import, Imported, ImportedSymbol, Module, Output, Param, Resource,
    TypeAlias, Using, Variable,
};
pub use types::{TupleItem, TypeExpr, TypeKind, TypeProperty};

/// How deep a tree may be; deeper text is a syntax error.
pub const MAX_DEPTH: u32 = 128;

/// Splits a text into tokens whose texts in a row are the text.
pub fn lex(text: &str) -> Vec<Token> {
    lexer::tokenize(text).tokens
}

/// Reads a text: what it declares, and what was wrong, in the order of the text.
pub fn parse(text: &str) -> (File, Vec<SyntaxError>) {
    parser::file(text)
}
