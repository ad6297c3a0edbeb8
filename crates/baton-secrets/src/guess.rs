//! Whether a value looks chosen as a password or made as a key, where nothing but a name says so.

use crate::measure::entropy;
use crate::placeholder::is_stand_in;
use crate::shape::Guess;

/// The least bits per character of a key.
const KEY: f64 = 3.3;
/// The least bits per character of a password.
const PASSWORD: f64 = 2.7;
/// From here on a password of two kinds of characters is taken for one.
const LONG: usize = 16;

/// Whether a value fits.
pub(crate) fn fits(guess: Guess, form: &str, value: &str) -> bool {
    if is_stand_in(form, value) || !value.is_ascii() || is_code(value) || is_identifier(value) {
        return false;
    }
    let kinds = kinds(value);
    let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let has_letter = value.bytes().any(|byte| byte.is_ascii_alphabetic());
    match guess {
        _ if !has_digit || !has_letter => false,
        Guess::Password => entropy(value) >= PASSWORD && (kinds >= 3 || value.len() >= LONG),
        Guess::Key => entropy(value) >= KEY && is_dense(value),
    }
}

/// How many kinds of characters there are: upper case, lower case, digits, others.
fn kinds(value: &str) -> usize {
    let has = |is: fn(&u8) -> bool| usize::from(value.bytes().any(|byte| is(&byte)));
    has(u8::is_ascii_uppercase)
        + has(u8::is_ascii_lowercase)
        + has(u8::is_ascii_digit)
        + has(u8::is_ascii_punctuation)
}

/// Calls, indices, paths and format strings are code, not values.
fn is_code(value: &str) -> bool {
    let marks = [
        "(", ")", "[", "]", "::", "->", "${", "$(", "{{", "\\n", "\\u", "://", ",", ";",
    ];
    marks.iter().any(|mark| value.contains(mark))
}

/// Names made of words and small numbers: `kv-shop-dev-001`, `my.config.key2`, `Some_Name`, and
/// ids that are not secret: GUIDs, dates, versions.
fn is_identifier(value: &str) -> bool {
    let mut parts = value.split(['-', '_', '.', '/', ':', '=', ' ', '@', '+']);
    is_guid(value) || parts.all(is_word)
}

/// Letters with at most a few digits at one end.
fn is_word(part: &str) -> bool {
    let inner = part.trim_matches(|c: char| c.is_ascii_digit());
    let digits = part.len() - inner.len();
    let is_wordlike = inner.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_wordlike && digits <= 4 && case_changes(inner) <= 3
}

/// How often lower case is followed by upper case; words in camel case have few.
fn case_changes(text: &str) -> usize {
    let pairs = text.bytes().zip(text.bytes().skip(1));
    pairs
        .filter(|(one, next)| one.is_ascii_lowercase() && next.is_ascii_uppercase())
        .count()
}

fn is_guid(value: &str) -> bool {
    let is_part = |(part, length): (&str, usize)| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let parts: Vec<&str> = value.split('-').collect();
    parts.len() == 5 && parts.into_iter().zip([8, 4, 4, 4, 12]).all(is_part)
}

/// Whether at least half of a value is one unbroken run of letters and digits.
fn is_dense(value: &str) -> bool {
    let runs = value.split(|c: char| !c.is_ascii_alphanumeric());
    let longest = runs.map(str::len).max().unwrap_or(0);
    longest * 2 >= value.len()
}

#[cfg(test)]
mod tests {
    use super::fits;
    use crate::shape::Guess::{Key, Password};

    #[test]
    fn passwords() {
        for value in ["Tr0ub4dor&3", "xK9pQm2vRt7w"] {
            assert!(fits(Password, "", value), "{value}");
        }
        for value in [
            "password",
            "kv-shop-dev-001",
            "${PASSWORD}",
            "getPassword(1)",
            "secretName1",
            "db_password_v2",
            "12345678",
            "SqlAdminPassword",
        ] {
            assert!(!fits(Password, "", value), "{value}");
        }
    }

    #[test]
    fn keys() {
        for value in ["q9TzL0vW4mKx7RbY2sHd", "8f14e45fceea167a5a36dedd4bea2543"] {
            assert!(fits(Key, "", value), "{value}");
        }
        for value in [
            "azurerm_key_vault.main.id",
            "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
            "2026-11-21T03:00:00Z",
            "https://kv-shop.vault.azure.net",
            "shop-dev-secret-name-01",
            "someCamelCaseIdentifier2",
        ] {
            assert!(!fits(Key, "", value), "{value}");
        }
    }
}
