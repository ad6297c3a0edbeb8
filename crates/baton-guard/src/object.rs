//! A JSON object whose keys stay in the order in which they were written.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::covered::cover_value;

/// A JSON object whose keys stay in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Object {
    entries: Vec<(&'static str, Value)>,
}

impl Object {
    /// The same with one more entry.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<Value>) -> Object {
        self.entries.push((key, value.into()));
        self
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let found = self.entries.iter().find(|(known, _)| *known == key);
        found.map(|(_, value)| value)
    }

    /// The same with everything of another after it.
    #[must_use]
    pub(crate) fn and(mut self, other: Object) -> Object {
        self.entries.extend(other.entries);
        self
    }

    /// The same with no secret in it.
    #[must_use]
    pub(crate) fn covered(mut self) -> Object {
        for (_, value) in &mut self.entries {
            cover_value(value);
        }
        self
    }

    /// As a value, for a place inside of another.
    pub(crate) fn into_value(self) -> Value {
        let entries = self.entries.into_iter();
        Value::Object(
            entries
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        )
    }

    /// In one line.
    pub fn line(&self) -> String {
        // Texts, numbers and lists of them can always be written.
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.entries.len()))?;
        for (key, value) in &self.entries {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}
