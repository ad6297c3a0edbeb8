//! What a call says of a parameter, and the conditions that depend on it.

use baton_iac::evaluate::{Known, Values};

/// What a call gives a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Given {
    /// Nothing, null, an empty text, list or object.
    Nothing,
    /// This text, number or truth value.
    Text(String),
    /// Something, or one of several values.
    Something,
    /// The text does not say.
    Unknown,
}

impl Given {
    /// What the values of a look-up come to.
    pub(crate) fn of(values: &Values) -> Given {
        if values.unknown {
            return Given::Unknown;
        }
        let mut all = values
            .candidates
            .iter()
            .map(|candidate| of_known(&candidate.value));
        let absent = values.absent.then_some(Given::Nothing);
        let Some(first) = absent.or_else(|| all.next()) else {
            return Given::Nothing;
        };
        all.fold(first, |one, other| match (one, other) {
            (one, other) if one == other => one,
            (Given::Unknown | Given::Nothing, _) | (_, Given::Unknown | Given::Nothing) => {
                Given::Unknown
            }
            _ => Given::Something,
        })
    }
}

fn of_known(value: &Known) -> Given {
    match value {
        Known::Null => Given::Nothing,
        Known::Array { len: 0, open } | Known::Object { len: 0, open } => {
            if *open {
                Given::Unknown
            } else {
                Given::Nothing
            }
        }
        Known::Array { .. } | Known::Object { .. } => Given::Something,
        Known::Bool(_) | Known::Number(_) | Known::String(_) => match value.as_text() {
            None | Some("") => Given::Nothing,
            Some(text) => Given::Text(text.to_owned()),
        },
    }
}

/// Whether all conditions hold; `None` where that is open.
pub(super) fn all_hold(conditions: &[String], given: &dyn Fn(&[&str]) -> Given) -> Option<bool> {
    let mut sure = true;
    for condition in conditions {
        match holds(condition, given) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => sure = false,
        }
    }
    sure.then_some(true)
}

fn holds(condition: &str, given: &dyn Fn(&[&str]) -> Given) -> Option<bool> {
    let ask = |path: &str| given(&path.split('/').collect::<Vec<_>>());
    if let Some((path, wanted)) = condition.split_once("!=") {
        return is(&ask(path), wanted).map(|same| !same);
    }
    if let Some((path, wanted)) = condition.split_once('=') {
        return is(&ask(path), wanted);
    }
    if let Some(path) = condition.strip_prefix('!') {
        return is_given(&ask(path)).map(|is_given| !is_given);
    }
    is_given(&ask(condition))
}

fn is(given: &Given, wanted: &str) -> Option<bool> {
    match given {
        Given::Nothing => Some(false),
        Given::Text(text) => Some(text.eq_ignore_ascii_case(wanted)),
        Given::Something | Given::Unknown => None,
    }
}

fn is_given(given: &Given) -> Option<bool> {
    match given {
        Given::Nothing => Some(false),
        Given::Text(_) | Given::Something => Some(true),
        Given::Unknown => None,
    }
}
