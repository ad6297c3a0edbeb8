//! Telling of a secret without giving it away.

use std::borrow::Cow;
use std::iter;

use baton_source::Span;

use crate::scan::scan;

/// The most characters shown at either end.
const SHOWN: usize = 4;

/// A secret as it may be shown: at most a quarter of it, and at most four characters at each end.
pub fn redact(secret: &str) -> String {
    let characters = secret.chars().count();
    let shown = (characters / 8).min(SHOWN);
    let visible = |character: char| {
        if character.is_control() || character == '`' {
            '?'
        } else {
            character
        }
    };
    let start = secret.chars().take(shown).map(visible);
    let end = secret.chars().skip(characters - shown).map(visible);
    start.chain(iter::once('…')).chain(end).collect()
}

/// A text in which every secret is redacted.
pub fn redact_all(text: &str) -> Cow<'_, str> {
    let secrets = scan(text);
    if secrets.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for secret in secrets {
        out.push_str(Span::new(done, secret.span.start as usize).of(text));
        out.push_str(&secret.redacted);
        done = secret.span.end as usize;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    Cow::Owned(out)
}

/// A text of the same length in bytes in which nothing of these ranges can be read; line breaks
/// stay, and so does every other byte's place.
pub fn cover(text: &str, ranges: &[Span]) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let is_covered = ranges.iter().any(|range| range.contains(at));
        if is_covered && !matches!(character, '\n' | '\r') {
            out.extend(iter::repeat_n('*', character.len_utf8()));
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use baton_source::Span;

    use super::{cover, redact};

    #[test]
    fn little_of_a_secret_is_shown() {
        assert_eq!(redact("hunter2"), "…");
        assert_eq!(redact("P@ssw0rd1"), "P…1");
        assert_eq!(redact("abcdefghijklmnop"), "ab…op");
        assert_eq!(redact(&"a".repeat(400)).chars().count(), 9);
        assert_eq!(redact(""), "…");
        assert_eq!(redact("ünïcödéß"), "ü…ß");
    }

    #[test]
    fn covering_keeps_places() {
        assert_eq!(cover("key: äbc\nd", &[Span::new(5, 11)]), "key: ****\n*");
        assert_eq!(cover("abc", &[]), "abc");
    }
}
