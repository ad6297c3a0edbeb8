//! Reading fields of a graph; what has the wrong type is told and left out.

use baton_source::Span;
use baton_syntax::node::{Entry, Node};

use super::challenger::Count;
use super::load::{LoadError, LoadErrorKind};
use super::{Text, canonical};
use crate::graph::edges::NodeRef;

/// Collects what could not be read.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) errors: Vec<LoadError>,
}

impl Reader {
    /// Tells what is wrong at a place.
    pub(super) fn error(&mut self, kind: LoadErrorKind, span: Span, message: impl Into<String>) {
        self.errors.push(LoadError {
            kind,
            span,
            message: message.into(),
        });
    }

    /// A field that is text.
    pub(super) fn text(&mut self, node: &Node, key: &str) -> Option<Text> {
        self.text_or(node, key, LoadErrorKind::Field)
    }

    /// A field that is text; anything else is an error of this kind.
    pub(super) fn text_or(&mut self, node: &Node, key: &str, kind: LoadErrorKind) -> Option<Text> {
        let value = present(node, key)?;
        let text = text(value);
        if text.is_none() {
            self.expected(kind, key, ("a string", value));
        }
        text
    }

    /// A field that is a list of texts; `None` when it is absent.
    pub(super) fn texts(&mut self, node: &Node, key: &str) -> Option<Vec<Text>> {
        self.texts_or(node, key, LoadErrorKind::Field)
    }

    /// A field that is a list of texts; anything else is an error of this kind.
    pub(super) fn texts_or(
        &mut self,
        node: &Node,
        key: &str,
        kind: LoadErrorKind,
    ) -> Option<Vec<Text>> {
        let list = present(node, key)?;
        if !list.is_sequence() {
            self.expected(kind, key, ("a list", list));
            return None;
        }
        let mut texts = Vec::new();
        for item in list.items() {
            match text(item) {
                Some(text) => texts.push(text),
                None => self.expected(kind, &format!("an item of `{key}`"), ("a string", item)),
            }
        }
        Some(texts)
    }

    /// A field that is true or false; absent means false.
    pub(super) fn flag(&mut self, node: &Node, key: &str) -> bool {
        let Some(value) = present(node, key) else {
            return false;
        };
        value.as_bool().unwrap_or_else(|| {
            self.expected(LoadErrorKind::Field, key, ("true or false", value));
            false
        })
    }

    /// A field that is an object.
    pub(super) fn object<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n Entry> {
        let entry = node.entry(key).filter(|entry| !entry.value.is_null())?;
        if !entry.value.is_mapping() {
            self.expected(LoadErrorKind::Field, key, ("an object", &entry.value));
            return None;
        }
        Some(entry)
    }

    /// Tells that a value has the wrong type.
    pub(super) fn expected(
        &mut self,
        kind: LoadErrorKind,
        key: &str,
        (wanted, found): (&str, &Node),
    ) {
        let key = if key.contains(['`', ' ']) {
            key.to_owned()
        } else {
            format!("`{key}`")
        };
        let message = format!("{key} must be {wanted}, not {}", article(found.kind()));
        self.error(kind, found.span, message);
    }
}

/// A field that is a number, whether or not it is whole.
pub(super) fn count(node: &Node, key: &str) -> Option<Count> {
    let value = present(node, key)?;
    Some(Count {
        value: value.as_i64(),
        span: value.span,
    })
}

/// A field that is there and not null.
pub(super) fn present<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.get(key).filter(|value| !value.is_null())
}

/// A string with its place.
pub(super) fn text(node: &Node) -> Option<Text> {
    let value = node.as_str()?.to_owned();
    Some(Text {
        value,
        span: node.span,
    })
}

/// A text as the name of a node, not looked up yet.
pub(super) fn node_ref(text: Text) -> NodeRef {
    NodeRef {
        canonical: canonical(&text.value),
        id: text,
        node: None,
    }
}

fn article(kind: &str) -> String {
    match kind {
        "null" => "null".to_owned(),
        "object" => "an object".to_owned(),
        kind => format!("a {kind}"),
    }
}
