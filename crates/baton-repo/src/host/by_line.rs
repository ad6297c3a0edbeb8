//! Front matter as forgiving hosts read it: one key with its value on each line.

use baton_source::{Span, SyntaxError};
use baton_syntax::node::{Document, Entry, Node, Value};

/// Reads the lines of a block; a line that is no key, no item and no continuation is an error.
pub(super) fn read(text: &str, block: Span) -> Document {
    let mut entries: Vec<Entry> = Vec::new();
    let mut errors = Vec::new();
    let mut at = block.start as usize;
    for line in block.of(text).split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        let inner = line.trim_start();
        if inner.is_empty() || inner.starts_with('#') {
            continue;
        }
        let indent = line.len() - inner.len();
        if let Some(entry) = (indent == 0).then(|| entry(line, start)).flatten() {
            entries.push(entry);
        } else if let Some(last) = entries
            .last_mut()
            .filter(|_| indent > 0 || inner.starts_with('-'))
        {
            go_on(&mut last.value, inner, start + indent);
        } else {
            let span = Span::new(start, start + line.len());
            errors.push(SyntaxError::new(
                span,
                "this is neither a key with a value nor an item of a list",
            ));
        }
    }
    let root = (!entries.is_empty()).then_some(Node {
        span: block,
        value: Value::Mapping(entries),
    });
    Document {
        root,
        errors,
        duplicates: Vec::new(),
    }
}

/// A key at the start of a line, with what follows its colon.
fn entry(line: &str, start: usize) -> Option<Entry> {
    let (key, rest) = line.split_once(':')?;
    let is_key = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let begins = key.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if !begins || !key.chars().all(is_key) || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let value = rest.trim();
    let from = start + line.len() - value.len();
    Some(Entry {
        key: key.to_owned(),
        key_span: Span::new(start, start + key.len()),
        value: node(value, from),
    })
}

fn node(text: &str, start: usize) -> Node {
    let span = Span::new(start, start + text.len());
    let quoted = ['"', '\''].into_iter().find_map(|quote| {
        let inner = text.strip_prefix(quote)?;
        inner.strip_suffix(quote)
    });
    let value = match (text, quoted) {
        (_, Some(inner)) => Value::String(inner.to_owned()),
        ("" | "~" | "null", _) => Value::Null,
        ("true", _) => Value::Bool(true),
        ("false", _) => Value::Bool(false),
        _ if text.parse::<i64>().is_ok() => Value::Number(text.to_owned()),
        _ => match list(text) {
            Some(items) => Value::Sequence(items.map(|item| node(item, start)).collect()),
            None => Value::String(text.to_owned()),
        },
    };
    Node { span, value }
}

/// The items between brackets.
fn list(text: &str) -> Option<impl Iterator<Item = &str>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let items = inner.split(',').map(str::trim);
    Some(items.filter(|item| !item.is_empty()))
}

/// A line that belongs to the key above it.
fn go_on(value: &mut Node, line: &str, start: usize) {
    if let Some(item) = line.strip_prefix('-') {
        let text = item.trim();
        let item = node(text, start + line.len() - text.len());
        match &mut value.value {
            Value::Sequence(items) => items.push(item),
            Value::Null => value.value = Value::Sequence(vec![item]),
            _ => {}
        }
    } else if value.is_null() {
        // What stands below a key of a nested mapping is not looked at.
        let nested = entry(line, start).is_some();
        value.value = if nested {
            Value::Mapping(Vec::new())
        } else {
            Value::String(line.to_owned())
        };
    }
}

#[cfg(test)]
mod tests {
    use baton_source::Span;
    use baton_syntax::node::Node;

    use super::read;

    #[test]
    fn reads_what_yaml_refuses() {
        let text =
            "description: Use for: tests\nglobs: **/*.ts, *.md\nalwaysApply: false\nempty:\n";
        let document = read(text, Span::new(0, text.len()));
        let root = document.root.expect("a mapping");
        assert!(document.errors.is_empty());
        let globs = root.get("globs").expect("globs");
        assert_eq!(globs.as_str(), Some("**/*.ts, *.md"));
        assert_eq!(globs.span.of(text), "**/*.ts, *.md");
        assert_eq!(root.get("alwaysApply").and_then(Node::as_bool), Some(false));
        assert!(root.get("empty").is_some_and(Node::is_null));
    }

    #[test]
    fn reads_lists() {
        let text = "globs:\n  - *.ts\n  - \"b\"\nother: [a, 'b']\nhooks:\n  Stop:\n    - a: b\n";
        let document = read(text, Span::new(0, text.len()));
        let root = document.root.expect("a mapping");
        let count = |key: &str| root.get(key).map(|node| node.items().len());
        assert_eq!((count("globs"), count("other")), (Some(2), Some(2)));
        assert!(root.get("hooks").is_some_and(Node::is_mapping));
    }

    #[test]
    fn tells_lines_that_are_neither() {
        let text = "a: 1\nwhat is this\n";
        let document = read(text, Span::new(0, text.len()));
        let spans: Vec<&str> = document
            .errors
            .iter()
            .map(|error| error.span.of(text))
            .collect();
        assert_eq!(spans, ["what is this"]);
    }
}
