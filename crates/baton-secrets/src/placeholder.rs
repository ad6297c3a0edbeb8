//! Values that stand where a secret would, and are none.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::measure::{counts_up, entropy};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    words: Vec<String>,
    weak_words: Vec<String>,
    references: Vec<String>,
    stand_ins: Vec<String>,
    local_hosts: Vec<String>,
    published: Vec<String>,
}

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../rules/secrets/placeholders.toml")).unwrap_or_default()
    });
    &TABLE
}

/// Whether a value of any shape is none: it says so, counts up, hardly varies, or was published
/// by its maker.
pub(crate) fn is_placeholder(form: &str, value: &str, least: f64) -> bool {
    let table = table();
    let lower = form.to_ascii_lowercase();
    let published = |known: &String| value.starts_with(known.as_str());
    table.words.iter().any(|word| lower.contains(word.as_str()))
        || table.published.iter().any(published)
        || counts_up(value)
        || entropy(value) < least
}

/// Whether a value that only a name calls secret says that it is none, or points elsewhere.
pub(crate) fn is_stand_in(form: &str, value: &str) -> bool {
    let table = table();
    let lower = value.to_ascii_lowercase();
    let form = form.to_ascii_lowercase();
    table
        .weak_words
        .iter()
        .any(|word| lower.contains(word.as_str()))
        || table
            .references
            .iter()
            .any(|prefix| lower.starts_with(prefix.as_str()))
        || table.stand_ins.contains(&lower)
        || plain(&lower).contains("password")
        || table
            .local_hosts
            .iter()
            .any(|host| ends_with_host(&form, host))
}

/// A word without the digits and signs that stand for letters: `p@ssw0rd` is `password`.
fn plain(lower: &str) -> String {
    let letter = |character| match character {
        '@' | '4' => 'a',
        '$' | '5' => 's',
        '0' => 'o',
        other => other,
    };
    lower.chars().map(letter).collect()
}

/// Whether an address ends with this host.
fn ends_with_host(form: &str, host: &str) -> bool {
    form.strip_suffix('.').unwrap_or(form).ends_with(host)
}

#[cfg(test)]
mod tests {
    use super::{is_placeholder, is_stand_in, table};

    #[test]
    fn the_table_is_lower_case_and_can_be_read() {
        let table = table();
        assert!(!table.words.is_empty());
        let lists = [
            &table.words,
            &table.weak_words,
            &table.references,
            &table.stand_ins,
        ];
        for word in lists.into_iter().flatten() {
            assert_eq!(*word, word.to_ascii_lowercase());
        }
    }

    #[test]
    fn placeholders() {
        for value in [
            "<your-key>",
            "AKIAIOSFODNN7EXAMPLE",
            "aaaaaaaaaaaaaaaaaaaa",
            "0123456789abcdef",
            "CHANGEME",
        ] {
            assert!(is_placeholder(value, value, 3.0), "{value}");
        }
        let value = "q9TzL0vW4mKx7RbY2sHd";
        assert!(!is_placeholder(value, value, 3.0));
        assert!(is_stand_in("", "${TOKEN}"));
        assert!(is_stand_in("", "secrets.TOKEN"));
        assert!(is_stand_in("://a:Pa55-word@localhost", "Pa55-word"));
        assert!(is_stand_in("", "P@$$w0rd1234!"));
        assert!(!is_stand_in("", "Pa55-word"));
    }
}
