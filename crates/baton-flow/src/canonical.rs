//! JSON in one form, so that what says the same has one digest.

use serde_json::Value;

/// The JSON of a value with sorted keys and no blanks.
pub fn canonical(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(entries) => {
            let mut keys: Vec<&String> = entries.keys().collect();
            keys.sort_unstable();
            let pairs = keys.into_iter().filter_map(|key| {
                let value = canonical(entries.get(key)?);
                Some(format!("{}:{value}", Value::from(key.as_str())))
            });
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
        plain => plain.to_string(),
    }
}

/// The digest of a value, however it is written.
pub fn digest(value: &Value) -> String {
    baton_repo::sha256(canonical(value).as_bytes())
}

/// The digest of a workflow graph's file: of its JSON, or of its bytes where it is none.
pub fn graph_digest(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    match serde_json::from_str::<Value>(text) {
        Ok(value) => digest(&value),
        Err(_) => baton_repo::sha256(text.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::{canonical, graph_digest};

    #[test]
    fn order_and_blanks_make_no_difference() {
        let text = "{\"b\": [1, {\"z\": null, \"a\": \"\\n\\u00e9\"}], \"a\": true}";
        let value = serde_json::from_str(text).unwrap();
        assert_eq!(
            canonical(&value),
            "{\"a\":true,\"b\":[1,{\"a\":\"\\né\",\"z\":null}]}"
        );
        let other = "{\"a\":true,\"b\":[1,{\"a\":\"\\né\",\"z\":null}]}\n";
        assert_eq!(graph_digest(text), graph_digest(other));
        assert_ne!(graph_digest("{"), graph_digest("[1]"));
    }
}
