//! One tree for YAML, JSON and JSONC.
//!
//! Every value and every key knows where it stands, numbers keep their spelling,
//! and repeated keys stay visible. What a value ought to be is decided elsewhere.

use std::collections::BTreeMap;

use baton_source::{Span, Spanned, SyntaxError};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value's own text; for a quoted string, quotes included.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// The kinds of value the formats share.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it was written.
    Number(String),
    /// Text, escapes decoded.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// A mapping in the order of the text, repeated keys included.
    Mapping(Vec<Entry>),
}

/// One key of a mapping with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key's text, decoded.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// What it maps to.
    pub value: Node,
}

/// A parsed text: the tree, what was wrong with the text, and what was suspicious.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The value of the text; `None` when it is empty or could not be read at all.
    pub root: Option<Node>,
    /// Why the text is not what its format demands.
    pub errors: Vec<SyntaxError>,
    /// Keys that occur more than once in one mapping.
    pub duplicates: Vec<Duplicate>,
}

/// A key that a mapping already had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The key.
    pub key: String,
    /// Where it stands first.
    pub first: Span,
    /// Where it stands again.
    pub again: Span,
}

impl Spanned for Node {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Entry {
    fn span(&self) -> Span {
        self.key_span
    }
}

impl Node {
    /// The value of a key; the last one when the key is repeated.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key; the last one when the key is repeated.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().rev().find(|entry| entry.key == key)
    }

    /// The value at a JSON pointer such as `/steps/3_5/name`; `""` is the node itself.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        let mut node = self;
        for part in pointer.split('/').skip(1) {
            let part = part.replace("~1", "/").replace("~0", "~");
            node = match &node.value {
                Value::Sequence(items) => items.get(part.parse::<usize>().ok()?)?,
                _ => node.get(&part)?,
            };
        }
        Some(node)
    }

    /// The entries of a mapping; empty for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; empty for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The value of a whole number; YAML's `0x` and `0o` are understood.
    pub fn as_i64(&self) -> Option<i64> {
        let Value::Number(lexeme) = &self.value else {
            return None;
        };
        if let Some(digits) = lexeme.strip_prefix("0x") {
            return i64::from_str_radix(digits, 16).ok();
        }
        if let Some(digits) = lexeme.strip_prefix("0o") {
            return i64::from_str_radix(digits, 8).ok();
        }
        lexeme.parse().ok()
    }

    /// The value of a number; YAML's `.inf` and `.nan` are understood.
    pub fn as_f64(&self) -> Option<f64> {
        let Value::Number(lexeme) = &self.value else {
            return None;
        };
        if lexeme.starts_with("0x") || lexeme.starts_with("0o") {
            let whole = i32::try_from(self.as_i64()?).ok()?;
            return Some(f64::from(whole));
        }
        match lexeme.trim_start_matches(['+', '-']) {
            ".inf" | ".Inf" | ".INF" if lexeme.starts_with('-') => Some(f64::NEG_INFINITY),
            ".inf" | ".Inf" | ".INF" => Some(f64::INFINITY),
            ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
            _ => lexeme.parse().ok(),
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// Whether it is a mapping.
    pub fn is_mapping(&self) -> bool {
        matches!(self.value, Value::Mapping(_))
    }

    /// Whether it is a sequence.
    pub fn is_sequence(&self) -> bool {
        matches!(self.value, Value::Sequence(_))
    }

    /// The word for its kind in a message: `null`, `boolean`, `number`, `string`, `list` or `object`.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Sequence(_) => "list",
            Value::Mapping(_) => "object",
        }
    }
}

/// The keys that occur more than once among the entries of one mapping.
pub(crate) fn duplicates(entries: &[Entry]) -> Vec<Duplicate> {
    let mut first = BTreeMap::new();
    let mut repeated = Vec::new();
    for entry in entries {
        let known = *first.entry(entry.key.as_str()).or_insert(entry.key_span);
        if known != entry.key_span {
            repeated.push(Duplicate {
                key: entry.key.clone(),
                first: known,
                again: entry.key_span,
            });
        }
    }
    repeated
}
