//! Text without its secrets: whatever leaves a hook passes through here.

use std::borrow::Cow;

use baton_secrets::{redact, scan};
use baton_source::Span;
use serde_json::Value;

/// The most characters of something that is quoted.
const SHOWN: usize = 200;

/// Words with which a line allows a secret. What an agent writes allows nothing here.
const PARDONS: &[(&str, &str)] = &[("gitleaks:allow", "gitleaks-allow"), ("pragma:", "pragma-")];

/// A text in which every secret is redacted, whatever stands beside it.
pub fn covered(text: &str) -> Cow<'_, str> {
    let mut strict = Cow::Borrowed(text);
    for (pardon, plain) in PARDONS {
        if strict.contains(pardon) {
            strict = Cow::Owned(strict.replace(pardon, plain));
        }
    }
    let secrets = scan(&strict);
    if secrets.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for secret in secrets {
        let (start, end) = (secret.span.start as usize, secret.span.end as usize);
        out.push_str(Span::new(done, start).of(text));
        out.push_str(&redact(secret.span.of(text)));
        done = end;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    Cow::Owned(out)
}

/// The beginning of a text in one line, without its secrets.
pub fn quoted(text: &str) -> String {
    let text = covered(text);
    let mut shown: String = text.chars().take(SHOWN).map(plain).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// Control characters would steer a terminal or break a line.
fn plain(character: char) -> char {
    if character.is_control() {
        ' '
    } else {
        character
    }
}

/// Redacts every secret in the texts of a value, names of keys among them.
pub(crate) fn cover_value(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(other) = covered(text) {
                *text = other;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(cover_value),
        Value::Object(entries) => {
            let keys = std::mem::take(entries).into_iter();
            let covered = keys.map(|(key, mut value)| {
                cover_value(&mut value);
                (covered(&key).into_owned(), value)
            });
            *entries = covered.collect();
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{cover_value, covered, quoted};

    const TOKEN: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

    #[test]
    fn a_comment_of_the_agent_lets_no_secret_out() {
        for line in [
            format!("export TOKEN={TOKEN}"),
            format!("echo {TOKEN} # gitleaks:allow"),
            format!("echo {TOKEN} # pragma: allowlist secret"),
            format!("# pragma: allowlist nextline secret\necho {TOKEN}"),
        ] {
            assert!(!covered(&line).contains(TOKEN), "{line}");
            assert!(!quoted(&line).contains(TOKEN), "{line}");
        }
        assert_eq!(covered("ls -la"), "ls -la");
    }

    #[test]
    fn what_is_quoted_is_one_short_line() {
        assert_eq!(quoted("a\nb\u{1b}[31m"), "a b [31m");
        assert_eq!(quoted(&"x".repeat(300)).chars().count(), 201);
    }

    #[test]
    fn values_are_covered_all_the_way_down() {
        let mut value = json!({"a": [{TOKEN: {"b": TOKEN}}], "c": 1});
        cover_value(&mut value);
        assert!(!value.to_string().contains(TOKEN), "{value}");
    }
}
