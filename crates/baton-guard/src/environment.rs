//! What the variables of the environment say, read through whoever may see them.

/// Looks a variable up; one that is empty counts as not set.
pub type Variables<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The most bytes of a log before it is put aside.
const LOG_BYTES: u64 = 1024 * 1024;

/// Whether a variable says yes.
pub fn is_on(variables: Variables<'_>, name: &str) -> bool {
    let value = set(variables, name).unwrap_or_default();
    ["true", "1", "yes"]
        .iter()
        .any(|yes| value.eq_ignore_ascii_case(yes))
}

/// The value of a variable that is not empty.
pub fn set(variables: Variables<'_>, name: &str) -> Option<String> {
    let value = variables(name)?.trim().to_owned();
    (!value.is_empty()).then_some(value)
}

/// The entries of a list with commas.
pub fn list(variables: Variables<'_>, name: &str) -> Vec<String> {
    let value = variables(name).unwrap_or_default();
    let entries = value.split(',').map(str::trim);
    let entries = entries.filter(|entry| !entry.is_empty());
    entries.map(str::to_owned).collect()
}

/// The most bytes of a log; what is no whole number is passed over.
pub fn log_bytes(variables: Variables<'_>) -> u64 {
    let said = set(variables, "HOOK_LOG_MAX_BYTES");
    said.and_then(|said| said.parse().ok()).unwrap_or(LOG_BYTES)
}

#[cfg(test)]
mod tests {
    use super::{LOG_BYTES, is_on, list, log_bytes, set};

    #[test]
    fn values_are_trimmed_and_empty_ones_do_not_count() {
        let one = |value: &'static str| move |_: &str| Some(value.to_owned());
        for (value, expected) in [("true", true), (" TRUE ", true), ("1", true), ("", false)] {
            assert_eq!(is_on(&one(value), "A"), expected, "{value}");
        }
        assert!(!is_on(&one("false"), "A"));
        assert_eq!(set(&one("  "), "A"), None);
        assert_eq!(list(&one(" a b ,, c,"), "A"), ["a b", "c"]);
        assert_eq!(log_bytes(&one("2048")), 2048);
        for value in ["-1", "1e6", "lots", "", "1.5"] {
            assert_eq!(log_bytes(&one(value)), LOG_BYTES, "{value}");
        }
    }
}
