//! The properties of an object, after everything laid over each other.

use std::collections::BTreeSet;

use super::follow::{flattened, select};
use super::form::{Bound, Form, Head, Part, Run};
use super::{Place, Scope, Site, Values, reduce, values_of};
use crate::model::Expr;

/// One property of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its key.
    pub key: String,
    /// The key where it is written.
    pub key_place: Place,
    /// Its values.
    pub values: Values,
}

/// The properties that one object has at once.
#[derive(Debug, Clone, PartialEq)]
pub struct EntrySet {
    /// The properties in the order of their keys' last mention; no key twice, letter for letter.
    pub entries: Vec<Entry>,
    /// Whether there may be others, or other values.
    pub open: bool,
    /// Where the property gets the object: its literal, or the outermost reference to it.
    pub at: Place,
}

/// The properties of every object that a property may be, as [`Site::entries`].
pub fn entries(scope: &dyn Scope, body: &Expr, path: &[&str]) -> Vec<EntrySet> {
    Site::new(scope, body).entries(path)
}

pub(super) fn entry_sets(run: &Run, root: &Bound<'_>, path: &[&str]) -> Vec<EntrySet> {
    let (forms, _) = select(run, root, path);
    flattened(run, forms, &mut false)
        .iter()
        .filter_map(|form| entry_set(run, form))
        .collect()
}

fn entry_set(run: &Run, form: &Form<'_>) -> Option<EntrySet> {
    let Head::Map(parts) = &form.head else {
        return None;
    };
    let mut set = EntrySet {
        entries: Vec::new(),
        open: false,
        at: form.trail.at.unwrap_or(form.source),
    };
    // From the end: what is mentioned last counts.
    let mut seen = BTreeSet::new();
    for part in parts.iter().rev() {
        let Part::Entry {
            key,
            key_place,
            value,
            ..
        } = part
        else {
            set.open = true;
            continue;
        };
        if !seen.insert(&**key) {
            continue;
        }
        set.entries.push(Entry {
            key: key.to_string(),
            key_place: *key_place,
            values: values_of(&reduce::reduce(run, value)),
        });
    }
    set.entries.reverse();
    Some(set)
}
