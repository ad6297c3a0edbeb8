//! JSON, and JSON with comments, as a tree with positions.
//!
//! A text is read whole or not at all: after the first error there is no tree.

mod faults;

use baton_source::{Span, SyntaxError};
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

pub use faults::{Fault, FaultKind, faults};

use crate::node::{Document, Entry, Node, Value, duplicates};

/// How many collections may stand inside one another.
const MAX_DEPTH: usize = 128;

/// How much a text may deviate from JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Nothing but JSON.
    Strict,
    /// Comments and trailing commas are allowed.
    WithComments,
}

/// Reads a JSON text; a byte order mark before it is ignored.
pub fn parse(text: &str, dialect: Dialect) -> Document {
    let json = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader {
        base: text.len() - json.len(),
        document: Document::default(),
    };
    match reader.read(json, dialect) {
        Ok(root) => reader.document.root = Some(root),
        Err(error) => reader.document.errors.push(error),
    }
    reader
        .document
        .duplicates
        .sort_by_key(|duplicate| duplicate.again);
    reader.document
}

/// What is known while the library's tree becomes ours.
struct Reader {
    base: usize,
    document: Document,
}

impl Reader {
    fn read(&mut self, json: &str, dialect: Dialect) -> Result<Node, SyntaxError> {
        let limits = limits(json);
        if let Some(bracket) = limits.too_deep {
            let span = Span::new(bracket, bracket + 1).shifted(self.base);
            let message = format!("nested deeper than {MAX_DEPTH} levels");
            return Err(SyntaxError::new(span, message));
        }
        let parsed = parse_to_ast(json, &CollectOptions::default(), &options(dialect))
            .map_err(|error| self.error(json, &error))?;
        let Some(value) = parsed.value else {
            return Err(SyntaxError::new(Span::at(self.base), "the file is empty"));
        };
        if let Some((span, message)) = limits.overlooked {
            return Err(SyntaxError::new(span.shifted(self.base), message));
        }
        Ok(self.node(value))
    }

    fn node(&mut self, value: ast::Value<'_>) -> Node {
        let span = self.span(&value);
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
            ast::Value::NumberLit(literal) => Value::Number(literal.value.to_owned()),
            ast::Value::StringLit(literal) => Value::String(literal.value.into_owned()),
            ast::Value::Array(array) => {
                let items = array.elements.into_iter();
                Value::Sequence(items.map(|item| self.node(item)).collect())
            }
            ast::Value::Object(object) => {
                let properties = object.properties.into_iter();
                let entries: Vec<Entry> = properties.map(|property| self.entry(property)).collect();
                self.document.duplicates.extend(duplicates(&entries));
                Value::Mapping(entries)
            }
        };
        Node { span, value }
    }

    fn entry(&mut self, property: ast::ObjectProp<'_>) -> Entry {
        Entry {
            key_span: self.span(&property.name),
            key: property.name.into_string(),
            value: self.node(property.value),
        }
    }

    fn span(&self, ranged: &impl Ranged) -> Span {
        let range = ranged.range();
        Span::new(range.start, range.end).shifted(self.base)
    }

    fn error(&self, json: &str, error: &jsonc_parser::errors::ParseError) -> SyntaxError {
        let floor = |mut offset: usize| {
            offset = offset.min(json.len());
            while !json.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        let range = error.range();
        let span = Span::new(floor(range.start), floor(range.end)).shifted(self.base);
        SyntaxError::new(span, uncapitalized(&error.kind().to_string()))
    }
}

fn options(dialect: Dialect) -> ParseOptions {
    let with_comments = dialect == Dialect::WithComments;
    ParseOptions {
        allow_comments: with_comments,
        allow_trailing_commas: with_comments,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// The library's messages begin with a capital letter, ours do not.
fn uncapitalized(message: &str) -> String {
    let mut rest = message.chars();
    let first = rest.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(rest).collect()
}

/// What the library does not look after; found before it runs, because it recurses.
#[derive(Default)]
struct Limits {
    /// The bracket that opens one level too many.
    too_deep: Option<usize>,
    /// The first character it accepts although JSON does not, and why it may not stand there.
    overlooked: Option<(Span, &'static str)>,
}

fn limits(json: &str) -> Limits {
    let bytes = json.as_bytes();
    let mut limits = Limits::default();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        at += match byte {
            b'"' => {
                let length = quoted_length(rest);
                let control = rest.iter().take(length).position(|byte| *byte < 0x20);
                if let Some(control) = control {
                    let span = Span::new(at + control, at + control + 1);
                    let why = "control characters in text must be escaped";
                    limits.overlooked.get_or_insert((span, why));
                }
                length
            }
            b'/' => comment_length(rest),
            b'[' | b'{' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    limits.too_deep = Some(at);
                    return limits;
                }
                1
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                1
            }
            0x0B | 0x0C | 0x80.. => {
                // Outside of texts the library skips any white space; it refuses all else.
                let blank = json.get(at..).and_then(|rest| rest.chars().next());
                let length = blank.map_or(1, char::len_utf8);
                let why = "only spaces, tabs and line breaks may stand between values";
                let span = Span::new(at, at + length);
                limits.overlooked.get_or_insert((span, why));
                length
            }
            _ => 1,
        };
    }
    limits
}

/// Length of the quoted text that `bytes` begin with.
fn quoted_length(bytes: &[u8]) -> usize {
    let mut escaped = false;
    let closing = bytes.iter().skip(1).position(|byte| {
        let closes = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    });
    closing.map_or(bytes.len(), |closing| closing + 2)
}

/// Length of the comment that `bytes` begin with; 1 when the slash begins none.
fn comment_length(bytes: &[u8]) -> usize {
    match bytes.get(1) {
        Some(b'/') => {
            let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            end.unwrap_or(bytes.len())
        }
        Some(b'*') => {
            let inner = bytes.get(2..).unwrap_or_default();
            let end = inner.windows(2).position(|pair| pair == b"*/");
            end.map_or(bytes.len(), |end| end + 4)
        }
        _ => 1,
    }
}

#[cfg(test)]
mod tests;
