//! Looking a field up in every spelling it has.

use serde_json::{Map, Value};

/// The first of these that holds a text.
pub(super) fn text(payload: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let mut texts = names.iter().filter_map(|name| payload.get(*name)?.as_str());
    texts.next().map(str::to_owned)
}

/// All of these that are there.
pub(super) fn all(payload: &Map<String, Value>, names: &[&str]) -> Vec<Value> {
    let found = names.iter().filter_map(|name| payload.get(*name));
    found.filter(|value| !value.is_null()).cloned().collect()
}

/// Whether one of these says yes.
pub(super) fn flag(payload: &Map<String, Value>, names: &[&str]) -> bool {
    let mut values = names.iter().filter_map(|name| payload.get(*name));
    values.any(|value| match value {
        Value::Bool(yes) => *yes,
        Value::String(text) => text.eq_ignore_ascii_case("true"),
        _ => false,
    })
}

/// A value as an object.
pub(super) fn object(value: &Value) -> Option<&Map<String, Value>> {
    value.as_object()
}
