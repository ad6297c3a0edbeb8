//! What a cell looks like: `name;key=value;key=value;`.

use std::ops::Range;

use baton_source::Span;
use baton_syntax::xml::Attribute;

/// The style of a cell.
#[derive(Debug, Clone, Default)]
pub struct Style {
    attribute: Option<Attribute>,
}

/// A part of a style between two semicolons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleEntry<'s> {
    /// The key as it was written, blanks included; a named style when there is no value.
    pub key: &'s str,
    /// What follows the `=`.
    pub value: Option<&'s str>,
    /// Where the entry begins in the style's text.
    start: usize,
}

impl Style {
    pub(super) fn of(attribute: Option<Attribute>) -> Style {
        Style { attribute }
    }

    /// The whole style.
    pub fn text(&self) -> &str {
        self.attribute.as_ref().map_or("", |own| own.value.as_str())
    }

    /// Its entries that say something, in order.
    pub fn entries(&self) -> impl Iterator<Item = StyleEntry<'_>> {
        let mut start = 0;
        let entries = self.text().split(';').map(move |part| {
            let at = start;
            start += part.len() + 1;
            match part.split_once('=') {
                Some((key, value)) => StyleEntry {
                    key,
                    value: Some(value),
                    start: at,
                },
                None => StyleEntry {
                    key: part,
                    value: None,
                    start: at,
                },
            }
        });
        entries.filter(|entry| !entry.key.trim().is_empty())
    }

    /// The first value of a key, whatever its case.
    pub fn get(&self, key: &str) -> Option<&str> {
        let mut entries = self.entries();
        let found = entries.find(|entry| entry.is(key) && entry.value.is_some())?;
        found.value.map(str::trim)
    }

    /// Where a part of the text stands; the whole style where references make that unclear.
    pub fn part(&self, range: Range<usize>) -> Option<Span> {
        self.attribute.as_ref().map(|own| own.part(range))
    }

    /// Where an entry's key stands.
    pub fn key_span(&self, entry: &StyleEntry<'_>) -> Option<Span> {
        self.part(entry.start..entry.start + entry.key.len())
    }

    /// Where an entry's value stands.
    pub fn value_span(&self, entry: &StyleEntry<'_>) -> Option<Span> {
        let start = entry.start + entry.key.len() + 1;
        self.part(start..start + entry.value?.len())
    }

    /// Whether places in the text are exact.
    pub fn is_exact(&self) -> bool {
        let own = self.attribute.as_ref();
        own.is_some_and(|own| own.value.len() == own.span.len())
    }
}

impl StyleEntry<'_> {
    /// Whether its key is this one, blanks and case aside.
    pub fn is(&self, key: &str) -> bool {
        self.key.trim().eq_ignore_ascii_case(key)
    }
}
