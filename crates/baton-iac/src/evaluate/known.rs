//! A value that is known.

/// A value, as deep as a rule can ask without a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// `null`; as the value of a property it counts as absent.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number as it was written.
    Number(String),
    /// A string.
    String(String),
    /// A list, or all blocks of one name.
    Array {
        /// The elements that are written down.
        len: usize,
        /// Whether there may be further ones.
        open: bool,
    },
    /// An object or a map.
    Object {
        /// The properties that are written down.
        len: usize,
        /// Whether there may be further ones.
        open: bool,
    },
}

impl Known {
    /// The truth value; `"true"` and `"false"` count, as Terraform converts them.
    pub fn as_bool_like(&self) -> Option<bool> {
        match self {
            Known::Bool(value) => Some(*value),
            Known::String(text) if text == "true" => Some(true),
            Known::String(text) if text == "false" => Some(false),
            _ => None,
        }
    }

    /// The truth value itself.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Known::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The string itself.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Known::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a string, a number (as it was written) or a truth value.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Known::String(text) | Known::Number(text) => Some(text),
            Known::Bool(true) => Some("true"),
            Known::Bool(false) => Some("false"),
            Known::Null | Known::Array { .. } | Known::Object { .. } => None,
        }
    }

    /// Whether two scalars are equal; `None` where that is not decided here.
    pub(super) fn equals(&self, other: &Known) -> Option<bool> {
        match (self, other) {
            (Known::Array { .. } | Known::Object { .. }, _)
            | (_, Known::Array { .. } | Known::Object { .. }) => None,
            (Known::Number(one), Known::Number(two)) => {
                let (one, two): (f64, f64) = (one.parse().ok()?, two.parse().ok()?);
                Some(one.total_cmp(&two).is_eq())
            }
            _ => Some(self == other),
        }
    }
}
