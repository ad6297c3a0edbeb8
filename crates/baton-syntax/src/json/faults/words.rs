//! Numbers, `true` and its like, and what is written in their place.

/// Length of the word that a text begins with: everything up to a blank or a sign of JSON.
pub(super) fn length(text: &str) -> usize {
    let ends = |character: char| {
        matches!(
            character,
            ',' | ':' | '[' | ']' | '{' | '}' | '"' | '\'' | '/' | '#' | '`' | '\u{feff}'
        ) || character.is_whitespace()
            || character.is_control()
    };
    text.find(ends).unwrap_or(text.len())
}

/// Why a word is no value of JSON; `None` when it is one.
pub(super) fn complaint(word: &str) -> Option<String> {
    if matches!(word, "true" | "false" | "null") || is_number(word) {
        return None;
    }
    let unsigned = word.trim_start_matches(['+', '-']);
    let why = match unsigned {
        "NaN" | "Infinity" => format!("JSON has no `{word}`"),
        "undefined" | "None" | "nil" => format!("`{word}` is not JSON; no value is `null`"),
        "True" | "False" | "TRUE" | "FALSE" => {
            format!("`{word}` is not JSON; `true` and `false` are in lower case")
        }
        _ if unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.') => {
            number_complaint(word, unsigned)
        }
        _ => format!("`{}` is no value; text needs double quotes", shown(word)),
    };
    Some(why)
}

/// A word that fits a sentence.
pub(super) fn shown(word: &str) -> String {
    if word.chars().count() <= 40 {
        return word.to_owned();
    }
    let start: String = word.chars().take(40).collect();
    format!("{start}…")
}

fn number_complaint(word: &str, unsigned: &str) -> String {
    let mut digits = unsigned.bytes();
    let (first, second) = (digits.next(), digits.next());
    let why = match (first, second) {
        _ if word.starts_with('+') => "numbers have no plus sign",
        (Some(b'.'), _) => "a digit must stand before the point",
        (Some(b'0'), Some(b'x' | b'X' | b'o' | b'O' | b'b' | b'B')) => "numbers are decimal",
        (Some(b'0'), Some(b'0'..=b'9')) => "numbers have no leading zeros",
        _ if unsigned.ends_with('.') => "a digit must stand after the point",
        _ => "this is no number of JSON",
    };
    format!("`{}`: {why}", shown(word))
}

fn is_number(word: &str) -> bool {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (whole, rest) = split_digits(unsigned);
    if whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
        return false;
    }
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => match split_digits(fraction) {
            ("", _) => return false,
            (_, rest) => rest,
        },
        None => rest,
    };
    let Some(power) = rest.strip_prefix(['e', 'E']) else {
        return rest.is_empty();
    };
    let (digits, rest) = split_digits(power.strip_prefix(['+', '-']).unwrap_or(power));
    !digits.is_empty() && rest.is_empty()
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|character: char| !character.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}
