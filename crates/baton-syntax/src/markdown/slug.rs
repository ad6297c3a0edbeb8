//! Anchors of headings as GitHub makes them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::Heading;

#[expect(
    clippy::expect_used,
    reason = "the pattern is a constant, and tests use it"
)]
static REMOVED: LazyLock<Regex> = LazyLock::new(|| {
    // `\w` counts the two joiners as parts of words; GitHub does not.
    Regex::new(r"[^\w\- ]|[\u{200c}\u{200d}]").expect("the pattern is valid")
});

/// The anchor of a heading's text: lower case, hyphens for spaces, letters, marks, digits,
/// hyphens and underscores kept.
///
/// Emoji go away, but a variation selector after one is a mark and stays, as on GitHub.
pub fn slug(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    if lower.is_ascii() {
        // Most headings need no tables of Unicode.
        let kept = lower.chars().map(|c| if c == ' ' { '-' } else { c });
        return kept
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
    }
    REMOVED.replace_all(&lower, "").replace(' ', "-")
}

/// The anchors of a document's headings: repeated ones get `-1`, `-2` and so on.
pub fn anchors(headings: &[Heading]) -> Vec<String> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = Vec::with_capacity(headings.len());
    for heading in headings {
        let base = slug(&heading.text);
        let mut count = taken.get(&base).copied().unwrap_or(0);
        let mut anchor = base.clone();
        while taken.contains_key(&anchor) {
            count += 1;
            anchor = format!("{base}-{count}");
        }
        taken.insert(base, count);
        taken.entry(anchor.clone()).or_insert(0);
        all.push(anchor);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{anchors, slug};
    use crate::markdown::parse;

    #[test]
    fn slugs_as_on_github() {
        let cases = [
            ("Getting Started", "getting-started"),
            ("What's new?", "whats-new"),
            ("a - b", "a---b"),
            ("snake_case & more", "snake_case--more"),
            ("  padded ", "padded"),
            ("🚀 Launch", "-launch"),
            ("Launch 🚀", "launch-"),
            ("\u{2699}\u{fe0f} Setup", "\u{fe0f}-setup"),
            ("1. First (of two)", "1-first-of-two"),
            ("v1.2.3", "v123"),
            ("Über Größe", "über-größe"),
            ("日本語 テスト", "日本語-テスト"),
            ("a\u{200d}b", "ab"),
            ("tab\there", "tabhere"),
            ("x² and ½", "x-and-"),
            ("Step 1: `code` / C#", "step-1-code--c"),
            ("—", ""),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(slug(text), expected, "{text:?}");
        }
    }

    #[test]
    fn numbers_repeated_anchors() {
        let markdown = parse("# a\n# a\n# a-1\n# A\n# a-1\n#\n#\n", 0);
        assert_eq!(
            anchors(&markdown.headings),
            ["a", "a-1", "a-1-1", "a-2", "a-1-2", "", "-1"]
        );
    }
}
