//! Text without its secrets: whatever leaves a hook passes through here.

use std::borrow::Cow;
use std::sync::OnceLock;

use baton_secrets::{redact, scan};
use baton_source::Span;
use regex::Regex;
use serde_json::Value;

use crate::call::ToolClass;
use crate::tools::class_of;

/// The most characters of something that is quoted.
const SHOWN: usize = 200;

/// Words with which a line allows a secret. What an agent writes allows nothing here.
const PARDONS: &[(&str, &str)] = &[("gitleaks:allow", "gitleaks-allow"), ("pragma:", "pragma-")];

/// What is hidden on top of what is surely a secret, besides long words of letters and digits.
struct Likely {
    /// Words of which one stands in the text, in lower case.
    triggers: &'static [&'static str],
    /// The secret is the first group. Classes and words are ASCII: tables of Unicode take longer
    /// to get ready than a hook has.
    pattern: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Likely {
    const fn new(triggers: &'static [&'static str], pattern: &'static str) -> Likely {
        Likely {
            triggers,
            pattern,
            regex: OnceLock::new(),
        }
    }

    fn spans(&self, text: &str, lower: &str) -> Vec<Span> {
        if !self.triggers.iter().any(|word| lower.contains(word)) {
            return Vec::new();
        }
        let regex = self.regex.get_or_init(|| Regex::new(self.pattern).ok());
        let found = regex.iter().flat_map(|regex| regex.captures_iter(text));
        let found = found.filter_map(|found| found.get(1));
        found
            .map(|found| Span::new(found.start(), found.end()))
            .collect()
    }
}

/// Values under telling names wherever they stand, what follows `Bearer`, passwords in addresses.
static LIKELY: [Likely; 4] = [
    Likely::new(
        &["secret", "token", "pass", "pwd", "key"],
        r#"(?i-u:secret|token|password|passwd|passphrase|pwd|(?:api|access|account|private|shared)[_-]?key)[A-Za-z0-9_.-]*["']?[ \t]*[:=][ \t]*["']?([^ \t\r\n"'…]{4,})"#,
    ),
    Likely::new(
        &[
            "-secret",
            "-token",
            "-pass",
            "-pwd",
            "-api-key",
            "-account-key",
            "-sas-token",
        ],
        r"--?(?i-u:secret|token|password|passwd|pwd|api-key|account-key|sas-token)[A-Za-z0-9_-]*[ \t]+([^ \t\r\n-][^ \t\r\n]{3,})",
    ),
    Likely::new(
        &["bearer", "basic"],
        r"(?i-u:bearer|basic)[ \t]+([A-Za-z0-9._~+/=-]{12,})",
    ),
    Likely::new(&["://"], r"://[^ \t\r\n/:@]+:([^ \t\r\n/@]{4,})@"),
];

/// Letters and digits that a word has at least before it is hidden.
const LONG: usize = 24;
/// Digits that a long word has before it is hidden.
const DIGITS: usize = 4;

/// A text in which every secret is redacted, whatever stands beside it.
///
/// More is hidden than the checker would report: what is shown here only helps to recognise a
/// call, and a word too few costs less than a secret too many.
pub fn covered(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut spans: Vec<Span> = scan(&unpardoned(text))
        .iter()
        .map(|found| found.span)
        .collect();
    let lower = text.to_ascii_lowercase();
    spans.extend(LIKELY.iter().flat_map(|likely| likely.spans(text, &lower)));
    spans.extend(long_words(text));
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    spans.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let mut spans = spans.into_iter().peekable();
    while let Some(mut span) = spans.next() {
        // What overlaps is hidden as one.
        while let Some(next) = spans.next_if(|next| next.start <= span.end) {
            span.end = span.end.max(next.end);
        }
        out.push_str(Span::new(done, span.start as usize).of(text));
        out.push_str(&redact(span.of(text)));
        done = span.end as usize;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    Cow::Owned(out)
}

/// Whether a text is a name that everybody knows: those are in every line of a log, and what
/// finds secrets takes longer to get ready than judging a call does.
fn is_plain(text: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || b"_- ".contains(&byte);
    text.bytes().all(is_word) || class_of(text) != ToolClass::Unknown || is_time(text)
}

/// Whether a text is a time, as lines of logs begin with one.
fn is_time(text: &str) -> bool {
    let digits = |byte: u8| byte.is_ascii_digit() || b"-:TZ".contains(&byte);
    text.len() == 20 && text.bytes().all(digits)
}

/// The text without the words that would let a secret pass, every byte in its place.
fn unpardoned(text: &str) -> Cow<'_, str> {
    let mut strict = Cow::Borrowed(text);
    for (pardon, plain) in PARDONS {
        if strict.contains(pardon) {
            strict = Cow::Owned(strict.replace(pardon, plain));
        }
    }
    strict
}

/// Words that no person would read.
fn long_words(text: &str) -> impl Iterator<Item = Span> {
    let words = text.split(|character: char| !character.is_ascii_alphanumeric());
    let is_likely = |word: &&str| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        word.len() >= LONG && digits >= DIGITS
    };
    words.filter(is_likely).map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(start, start + word.len())
    })
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
    }

    #[test]
    fn what_is_likely_a_secret_is_hidden_wherever_it_stands() {
        for (text, expected) in [
            ("rm -rf / PASSWORD=hunter2hunter2", "rm -rf / PASSWORD=h…2"),
            ("x --password hunter2hunter2", "x --password h…2"),
            ("{\"apiKey\": \"abcdefgh\"}", "{\"apiKey\": \"a…h\"}"),
            ("Bearer abcdef.ghijkl.mnopqr", "Bearer ab…qr"),
            ("https://me:hunter2x@a.example", "https://me:h…x@a.example"),
            ("sk43f66f516ccaf9fe5f3afbbfe3633dd9", "sk43…3dd9"),
        ] {
            let shown = covered(text);
            assert_eq!(shown, expected, "{text}");
            assert_eq!(covered(&shown), shown, "hidden once is hidden for good");
        }
        for text in [
            "ls -la",
            "terraform destroy -auto-approve",
            "az group delete --name rg-shop-prod-westeurope-001 --yes",
            "Session context: Step: 3 (Design) | Subscription: Shop | Auth: signed in with az",
            "microsoftContainerServiceManagedClusters",
            "2026-11-21T09:30:00Z",
        ] {
            assert_eq!(covered(text), text);
        }
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
