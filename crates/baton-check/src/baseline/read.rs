//! Reading a baseline, every entry with its place.

use baton_source::{Span, SyntaxError};
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::{Entry as Field, Node};

use super::{Baseline, Entry, VERSION};

/// Reads a baseline; the first thing that is wrong with the text is the error.
pub fn read(text: &str) -> Result<Baseline, SyntaxError> {
    let document = json::parse(text, Dialect::Strict);
    if let Some(error) = document.errors.into_iter().next() {
        return Err(error);
    }
    if let Some(twice) = document.duplicates.first() {
        return Err(error(twice.again, format!("`{}` is said twice", twice.key)));
    }
    let Some(root) = document.root else {
        return Err(error(Span::at(0), "the baseline is empty".to_owned()));
    };
    only(&root, &["$schema", "version", "findings"])?;
    let version = field(&root, "version")?;
    if version.as_i64() != Some(VERSION) {
        let message = format!("baton reads baselines of version {VERSION} only");
        return Err(error(version.span, message));
    }
    let findings = field(&root, "findings")?;
    if !findings.is_sequence() {
        return Err(error(findings.span, "`findings` is no list".to_owned()));
    }
    Ok(Baseline {
        name: String::new(),
        path: None,
        entries: findings
            .items()
            .iter()
            .map(entry)
            .collect::<Result<_, _>>()?,
    })
}

fn entry(node: &Node) -> Result<Entry, SyntaxError> {
    only(node, &["path", "rule", "fingerprint", "count"])?;
    let count = field(node, "count")?;
    let known = count.as_i64().and_then(|count| usize::try_from(count).ok());
    let Some(number) = known.filter(|count| *count > 0) else {
        let message = "`count` is no whole number above 0".to_owned();
        return Err(error(count.span, message));
    };
    Ok(Entry {
        path: word(node, "path")?,
        rule: word(node, "rule")?,
        fingerprint: word(node, "fingerprint")?,
        count: number,
        span: node.span,
    })
}

fn word(node: &Node, key: &str) -> Result<String, SyntaxError> {
    let value = field(node, key)?;
    let text = value.as_str().map(str::to_owned);
    text.ok_or_else(|| error(value.span, format!("`{key}` is no text")))
}

fn field<'n>(node: &'n Node, key: &str) -> Result<&'n Node, SyntaxError> {
    node.get(key)
        .ok_or_else(|| error(node.span, format!("`{key}` is missing here")))
}

fn only(node: &Node, keys: &[&str]) -> Result<(), SyntaxError> {
    if !node.is_mapping() {
        return Err(error(node.span, "this is no object".to_owned()));
    }
    let unknown = |field: &&Field| !keys.contains(&field.key.as_str());
    match node.entries().iter().find(unknown) {
        None => Ok(()),
        Some(field) => Err(error(
            field.key_span,
            format!("there is no key `{}` here", field.key),
        )),
    }
}

fn error(span: Span, message: String) -> SyntaxError {
    SyntaxError { span, message }
}
