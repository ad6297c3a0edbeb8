//! Errors without what differs from one time to the next.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// How much of an error decides whether it is the same.
const COMPARED: usize = 2000;

/// What is taken out, in this order, and what stands in its place.
const VARYING: [(&str, &str); 9] = [
    // Escapes of terminals: colours, titles.
    (
        r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)",
        "",
    ),
    // Moments, with date or without.
    (
        r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.,]\d+)?)?\s?([Zz]|[+-]\d\d:?\d\d)?|\b\d\d:\d\d:\d\d([.,]\d+)?([Zz]|\b)",
        "<time>",
    ),
    (r"\b\d{4}-\d\d-\d\d\b", "<date>"),
    (
        r"(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",
        "<uuid>",
    ),
    (
        r"(?i)\b0x[0-9a-f]+\b|\b[0-9a-f]*\d[0-9a-f]{6,}\b|\b[0-9a-f]{7,}\d[0-9a-f]*\b",
        "<id>",
    ),
    // Absolute paths; the line and column behind them go with the next rules.
    (
        r#"(?i)\b[a-z]:[\\/][^\s:"'`<>|,;()]+|(^|[\s"'`(=,])/[^\s:"'`<>,;()]+"#,
        "${1}<path>",
    ),
    (
        r"(?i)\b\d+([.,]\d+)?\s?(ms|msec|µs|us|ns|s|sec|secs|seconds?|m|min|minutes?|h|hours?)\b",
        "<duration>",
    ),
    (
        r"(?i)\bline \d+(,? col(umn)?\.? \d+)?|:\d+(:\d+)?\b|\(\d+,\s?\d+\)",
        "<at>",
    ),
    (r"\s+", " "),
];

/// An error without escapes, moments, identifiers, absolute paths, durations and positions, with
/// single blanks.
pub fn normalised(error: &str) -> String {
    static PATTERNS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        let compiled = VARYING
            .iter()
            .map(|(pattern, put)| Some((Regex::new(pattern).ok()?, *put)));
        compiled.flatten().collect()
    });
    let mut text = Cow::Borrowed(error);
    for (pattern, put) in PATTERNS.iter() {
        if let Cow::Owned(changed) = pattern.replace_all(&text, *put) {
            text = Cow::Owned(changed);
        }
    }
    text.trim().chars().take(COMPARED).collect()
}

/// Digest of what is compared.
pub fn digest(error: &str) -> String {
    baton_repo::sha256(normalised(error).as_bytes())
}
