//! What the TOML reader says, in the words of somebody who writes a configuration.

/// A message of the reader without the terms of its implementation, and how to mend the value.
pub(super) fn plain(message: &str, value: Option<&str>) -> (String, Option<String>) {
    if let Some(key) = message.strip_prefix("missing field ") {
        return (format!("the key {key} is missing here"), None);
    }
    let rest = ["invalid type: ", "invalid value: "]
        .iter()
        .find_map(|start| message.strip_prefix(start));
    let Some((found, expected)) = rest.and_then(|rest| rest.split_once(", expected ")) else {
        return (message.to_owned(), None);
    };
    let wanted = wanted(expected);
    let help = match (wanted, value) {
        ("a list", Some(value)) if found.starts_with("string") => {
            Some(format!("Write `[{value}]`."))
        }
        _ => None,
    };
    (format!("this is {}, not {wanted}", kind(found)), help)
}

fn wanted(expected: &str) -> &str {
    match expected {
        "a sequence" => "a list",
        "a string" => "text in quotes",
        "a boolean" => "`true` or `false`",
        "a map" => "a table",
        _ if expected.starts_with("struct ") => "a table",
        "usize" | "u8" | "u16" | "u32" | "u64" => "a whole number from 0 up",
        "f32" | "f64" => "a number",
        other => other,
    }
}

fn kind(found: &str) -> &str {
    match found.split([' ', '`']).next() {
        Some("string") => "text",
        Some("integer" | "floating") => "a number",
        Some("boolean") => "`true` or `false`",
        Some("sequence") => "a list",
        Some("map") => "a table",
        _ => found,
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn messages_speak_of_lists_and_tables() {
        let said = |message, value| plain(message, Some(value));
        let list = "invalid type: string \"x\", expected a sequence";
        assert_eq!(
            said(list, "\"x\""),
            (
                "this is text, not a list".to_owned(),
                Some("Write `[\"x\"]`.".to_owned())
            )
        );
        for (message, expected) in [
            (
                "invalid type: integer `3`, expected a string",
                "this is a number, not text in quotes",
            ),
            (
                "invalid value: integer `-1`, expected usize",
                "this is a number, not a whole number from 0 up",
            ),
            (
                "invalid type: sequence, expected struct Settings",
                "this is a list, not a table",
            ),
            ("missing field `paths`", "the key `paths` is missing here"),
            ("duplicate key", "duplicate key"),
        ] {
            assert_eq!(said(message, ""), (expected.to_owned(), None));
        }
    }
}
