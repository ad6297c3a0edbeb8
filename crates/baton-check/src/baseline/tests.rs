//! What a baseline must look like.

use super::read;

fn said(text: &str) -> String {
    match read(text) {
        Ok(baseline) => format!("{} entries", baseline.entries.len()),
        Err(error) => format!("{}: {}", error.span.start, error.message),
    }
}

#[test]
fn a_baseline_is_read_strictly() {
    let entry = r#"{ "path": "a", "rule": "r", "fingerprint": "f", "count": 2 }"#;
    let around = |entry: &str| format!(r#"{{"version": 1, "findings": [{entry}]}}"#);
    assert_eq!(said(&around(entry)), "1 entries");
    assert_eq!(said(&around("")), "0 entries");
    let cases = [
        ("[]", "0: this is no object"),
        ("{}", "0: `version` is missing here"),
        (
            r#"{"version": 2}"#,
            "12: baton reads baselines of version 1 only",
        ),
        (
            r#"{"version": 1, "findings": {}}"#,
            "27: `findings` is no list",
        ),
        (
            r#"{"version": 1, "found": []}"#,
            "15: there is no key `found` here",
        ),
        (
            r#"{"version": 1, "version": 1}"#,
            "15: `version` is said twice",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(said(text), expected, "{text}");
    }
    assert_eq!(said(&around("7")), "28: this is no object");
    let none = entry.replace('2', "0");
    assert_eq!(
        said(&around(&none)),
        "85: `count` is no whole number above 0"
    );
    let unnamed = entry.replace(r#""r""#, "null");
    assert_eq!(said(&around(&unnamed)), "51: `rule` is no text");
    assert!(said("").contains("0: "));
}
