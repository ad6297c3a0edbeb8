//! Terraform: from text to a template.
//!
//! The reading of expressions is left to `hcl-edit`, which stops at its first error; where it is
//! stricter than Terraform the text is tried again with changes; of a file with an error, block
//! by block. The scanner beside it reads any text, for comments and formatting.

use baton_source::{Span, SyntaxError};

use crate::model::{Language, Template};

mod blocks;
mod body;
pub mod constraint;
mod expression;
pub mod format;
pub mod json;
mod large;
mod lenient;
pub(crate) mod optional;
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
/// Of a text with a syntax error, the blocks that can be read on their own are there, and one
/// error for each that cannot; if there is none of the former, one error for all.
pub fn parse(text: &str) -> (Template, Vec<SyntaxError>) {
    let (template, _, errors) = parse_with_outline(text);
    (template, errors)
}

/// What [`parse`] gives, and the outline of the same text.
pub fn parse_with_outline(text: &str) -> (Template, Outline, Vec<SyntaxError>) {
    match read(text) {
        Ok(found) => {
            let lowering = || Lowering {
                text,
                offset: found.offset,
                iterators: Vec::new(),
            };
            let outline = outline::outline(&mut lowering(), &found.body);
            let mut template = body::template(lowering(), &found.body);
            template.gaps = gaps(&found.large, 0);
            (template, outline, Vec::new())
        }
        Err((span, reason)) => {
            let (template, errors) = blocks::recovered(text).unwrap_or_else(|| {
                let message = format!(
                    "cannot be read as Terraform: {reason}; nothing in this file was judged"
                );
                let error = SyntaxError::new(span, message);
                (Template::empty(Language::Terraform), vec![error])
            });
            (template, Outline::default(), errors)
        }
    }
}

/// What keeps a text from being read; cheaper than [`parse`], since nothing is lowered.
pub fn syntax_error(text: &str) -> Option<SyntaxError> {
    let (span, reason) = read(text).err()?;
    let message = format!("cannot be read as Terraform: {reason}");
    Some(SyntaxError::new(span, message))
}

/// A text that was read.
struct Found {
    /// Where the byte order mark ends.
    offset: usize,
    body: hcl_edit::structure::Body,
    /// Objects and strings that were left out.
    large: Vec<Span>,
}

/// What stands in a text; or what is wrong, and where.
fn read(text: &str) -> Result<Found, (Span, String)> {
    let source = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let offset = text.len() - source.len();
    let blanked = large::blanked(source);
    let (source, large) = match &blanked {
        Some((blanked, large)) => (blanked.as_str(), large.as_slice()),
        None => (source, &[][..]),
    };
    let parsed = lenient::body(source).map_err(|error| match unclosed::string(text) {
        Some(opener) => (opener, never_closed(opener, text)),
        None => why(text, offset, &error),
    })?;
    // Upstream takes a string over several lines, which Terraform does not.
    match unclosed::string(text) {
        Some(opener) => Err((opener, never_closed(opener, text))),
        None => Ok(Found {
            offset,
            body: parsed,
            large: large.iter().map(|span| span.shifted(offset)).collect(),
        }),
    }
}

/// What is said of what was left out of a text that begins at `start`.
fn gaps(large: &[Span], start: usize) -> Vec<SyntaxError> {
    let opener = |span: &Span| Span::new(span.start as usize, span.start as usize + 1);
    let message = "this has too many parts to be looked into";
    let gaps = large
        .iter()
        .map(|span| SyntaxError::new(opener(span).shifted(start), message));
    gaps.collect()
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
        // The text ends too early.
        (message, Some(opener)) if message == "unexpected token" || rest.trim().is_empty() => {
            (opener, never_closed(opener, text))
        }
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
