//! Headings as they are compared: no pictures, no punctuation, no case.

use baton_syntax::emoji::without_pictures;

/// A heading in the form in which it is compared: its words, in lower case.
pub(crate) fn normal(text: &str) -> String {
    let plain = without_pictures(text);
    let word = |word: &str| -> String {
        let kept = word.chars().filter(|one| one.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect()
    };
    // `Non-Functional` and `Non Functional` are the same two words.
    let parts = plain.split(|one: char| one.is_whitespace() || "-–—/_".contains(one));
    let words: Vec<String> = parts.map(word).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn pictures_punctuation_and_case_do_not_count() {
        let cases = [
            ("🎯 Project Overview", "project overview"),
            (
                "⚡ Non-Functional Requirements (NFRs)",
                "non functional requirements nfrs",
            ),
            ("Cost At-a-Glance", "cost at a glance"),
            ("**Deny** Policies:", "deny policies"),
            ("  Größe  ", "größe"),
            ("🎯", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(normal(text), expected, "{text}");
        }
    }
}
