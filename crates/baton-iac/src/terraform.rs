//! Terraform: from text to a template.
//!
//! The reading of expressions is left to `hcl-edit`, which stops at its first error; where it is
//! stricter than Terraform the text is tried again with changes. A file with an error declares
//! nothing. The scanner beside it reads any text, for comments and formatting.

use baton_source::{Span, SyntaxError};

use crate::model::{Language, Template};

mod body;
pub mod constraint;
mod expression;
pub mod format;
mod lenient;
mod outline;
pub mod scanner;
mod strings;
mod unclosed;

pub use outline::{
    Attribute, Block, Body, Hop, HopKind, Label, Outline, Reference, Remark, RemarkKind,
};
pub use scanner::comments;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Reads a `.tf`, `.tofu` or `.tfvars` file.
///
/// A text with a syntax error gives an empty template and that one error.
pub fn parse(text: &str) -> (Template, Vec<SyntaxError>) {
    let (template, _, errors) = parse_with_outline(text);
    (template, errors)
}

/// What [`parse`] gives, and the outline of the same text.
pub fn parse_with_outline(text: &str) -> (Template, Outline, Vec<SyntaxError>) {
    match read(text) {
        Ok((offset, parsed)) => {
            let lowering = || Lowering {
                text,
                offset,
                iterators: Vec::new(),
            };
            let outline = outline::outline(&mut lowering(), &parsed);
            (body::template(lowering(), &parsed), outline, Vec::new())
        }
        Err((span, reason)) => {
            let message =
                format!("cannot be read as Terraform: {reason}; nothing in this file was judged");
            let error = SyntaxError::new(span, message);
            let nothing = Template::empty(Language::Terraform);
            (nothing, Outline::default(), vec![error])
        }
    }
}

/// What keeps a text from being read; cheaper than [`parse`], since nothing is lowered.
pub fn syntax_error(text: &str) -> Option<SyntaxError> {
    let (span, reason) = read(text).err()?;
    let message = format!("cannot be read as Terraform: {reason}");
    Some(SyntaxError::new(span, message))
}

/// What stands behind the byte order mark, and where that is; or what is wrong, and where.
fn read(text: &str) -> Result<(usize, hcl_edit::structure::Body), (Span, String)> {
    let source = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let offset = text.len() - source.len();
    let parsed = lenient::body(source).map_err(|error| why(text, offset, &error))?;
    // Upstream takes a string over several lines, which Terraform does not.
    match unclosed::string(text) {
        Some(opener) => Err((opener, never_closed(opener, text))),
        None => Ok((offset, parsed)),
    }
}

/// What lowering carries along: the text, and the names that a loop around it has bound.
struct Lowering<'t> {
    text: &'t str,
    offset: usize,
    iterators: Vec<String>,
}

impl Lowering<'_> {
    /// Where something stands in the text, byte order mark counted.
    fn span(&self, node: &impl hcl_edit::Span) -> Span {
        let range = node.span().unwrap_or_default();
        Span::new(range.start, range.end).shifted(self.offset)
    }
}

/// The error in words, over the word at the position that `hcl-edit` gives.
fn why(text: &str, offset: usize, error: &hcl_edit::parser::Error) -> (Span, String) {
    // At the end of the text upstream steps back one byte, which may be inside a character.
    let start = text.floor_char_boundary(offset + error.location().offset());
    let rest = text.get(start..).unwrap_or("");
    let word = rest
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
        .unwrap_or(rest.len());
    let one_char = rest.chars().next().map_or(0, char::len_utf8);
    let here = Span::new(start, start + word.max(one_char));
    match (error.message(), unclosed::innermost(text)) {
        // Upstream says no more than this when the text ends too early.
        ("unexpected token", Some(opener)) => (opener, never_closed(opener, text)),
        (message, _) => (here, readable(message).to_owned()),
    }
}

fn never_closed(opener: Span, text: &str) -> String {
    format!("`{}` is never closed", opener.of(text).trim())
}

/// Upstream's message with the cases that say little to a reader put plainly.
fn readable(message: &str) -> &str {
    if message.contains("nested levels") {
        "nested more than 64 levels deep"
    } else if message.contains("chained binary operators") {
        "more than 128 operators in a row"
    } else if message.starts_with("invalid expression;") {
        "expected an expression"
    } else if message.contains("redefined object key") {
        "an object has the same key twice"
    } else if message.contains("redefined attribute") {
        "an argument is set twice"
    } else {
        message
    }
}

#[cfg(test)]
mod tests;
