//! What rules about references and their definitions share: labels and how they are compared.

use std::collections::BTreeMap;

use baton_source::Span;
use baton_syntax::markdown::{Definition, Link, within};

use crate::support::markdown::{Lint, container_prefix};

/// The labels that are defined in a file.
pub(crate) struct Labels<'a> {
    definitions: BTreeMap<String, &'a Definition>,
    text: &'a str,
}

impl<'a> Labels<'a> {
    pub(crate) fn new(lint: &Lint<'a>) -> Labels<'a> {
        let mut definitions = BTreeMap::new();
        for definition in &lint.outline().definitions {
            let label = normal(&definition.label);
            definitions.entry(label).or_insert(definition);
        }
        Labels {
            definitions,
            text: lint.text,
        }
    }

    /// Where the definition of a label in its normal form leads; nothing if that stands in
    /// angle brackets.
    pub(crate) fn destination(&self, label: &str) -> Option<&'a str> {
        let span = self.definitions.get(label)?.destination_span;
        let before = self.text.get(..span.start as usize).unwrap_or("");
        Some(if before.ends_with('<') {
            ""
        } else {
            span.of(self.text)
        })
    }

    /// Whether a label in its normal form is defined.
    pub(crate) fn defines(&self, label: &str) -> bool {
        self.definitions.contains_key(label)
    }
}

/// The ways to refer to a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reference {
    /// `[label]`.
    Shortcut,
    /// `[label][]`.
    Collapsed,
    /// `[text][label]`.
    Full,
}

/// How a reference is written.
pub(crate) fn kind_of(lint: &Lint<'_>, link: &Link) -> Reference {
    if link.span.end <= link.text_span.end + 1 {
        Reference::Shortcut
    } else if second(lint, link).is_empty() {
        Reference::Collapsed
    } else {
        Reference::Full
    }
}

/// The label of a reference as written.
pub(crate) fn label_of<'a>(lint: &Lint<'a>, link: &Link) -> &'a str {
    match kind_of(lint, link) {
        Reference::Full => second(lint, link),
        Reference::Shortcut | Reference::Collapsed => link.text_span.of(lint.text),
    }
}

/// What stands between the second brackets of a reference.
fn second<'a>(lint: &Lint<'a>, link: &Link) -> &'a str {
    let inner = Span {
        start: link.text_span.end + 1,
        end: link.span.end,
    };
    let inner = inner.of(lint.text);
    let inner = inner.strip_prefix('[').unwrap_or(inner);
    inner.strip_suffix(']').unwrap_or(inner)
}

/// The form in which labels are compared.
pub(crate) fn normal(label: &str) -> String {
    let lower = label.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ")
}

/// The definitions of labels that are defined before: the outline has only the first ones.
pub(crate) fn repeated(lint: &Lint<'_>) -> Vec<(Span, String)> {
    let outline = lint.outline();
    let labels = Labels::new(lint);
    let mut found = Vec::new();
    for line in lint.lines() {
        let source = lint.line_text(line);
        let prefix = container_prefix(source).len();
        let text = source.get(prefix..).unwrap_or("");
        let Some((label, _)) = text
            .strip_prefix('[')
            .and_then(|text| text.split_once("]:"))
        else {
            continue;
        };
        let start = line.span.start as usize + prefix;
        let span = Span::new(start, line.span.end as usize);
        let label = normal(label);
        let block = line.is_code() || line.is_html() || line.is_heading() || line.is_table();
        if block || !labels.defines(&label) || !within(&outline.definitions, span).is_empty() {
            continue;
        }
        let after = outline
            .inlines
            .partition_point(|inline| inline.start <= span.start);
        let inline = after.checked_sub(1).and_then(|at| outline.inlines.get(at));
        if !inline.is_some_and(|inline| inline.contains(span.start)) {
            found.push((span, label));
        }
    }
    found
}
