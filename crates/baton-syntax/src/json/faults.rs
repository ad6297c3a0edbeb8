//! Everything that keeps a text from being JSON, with its place.
//!
//! The tree comes from elsewhere and stops at the first error; this reads on where it is clear
//! what was meant. A text without faults is one that every reader of JSON takes.

mod quotes;
mod scan;
mod words;

use baton_source::{Span, Spanned};

use super::Dialect;

/// One thing in a text that JSON does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub kind: FaultKind,
}

/// The kinds of fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// The text breaks the grammar; the sentence says how.
    Syntax(String),
    /// A comment, where comments are not allowed.
    Comment,
    /// A comma after the last item, where that is not allowed.
    TrailingComma,
    /// A byte order mark before a text that allows nothing but JSON.
    ByteOrderMark,
    /// An escape for half of a character outside the basic plane, without the other half.
    LoneSurrogate,
    /// A key that its object already has.
    RepeatedKey {
        /// The key, without quotes and as it is written.
        key: String,
        /// Where it stands first.
        first: Span,
    },
}

impl Spanned for Fault {
    fn span(&self) -> Span {
        self.span
    }
}

/// Everything wrong with a text, in the order of the text.
///
/// After ten errors of grammar the rest is not read.
pub fn faults(text: &str, dialect: Dialect) -> Vec<Fault> {
    let mut faults = scan::scan(text, dialect);
    faults.sort_by_key(|fault| fault.span);
    faults
}

#[cfg(test)]
mod tests;
