//! What text in YAML means: what stands in quotes, and what may be read as a number or a word.

use baton_syntax::yaml::tokens::TokenKind;

/// The text that a sign stands for; what a backslash escapes in double quotes is read by the parser.
pub(crate) fn decoded(written: &str, kind: TokenKind) -> String {
    let inner = || {
        written
            .get(1..written.len().saturating_sub(1))
            .unwrap_or("")
    };
    match kind {
        TokenKind::Single => inner().replace("''", "'"),
        TokenKind::Double if written.contains('\\') => {
            let document = baton_syntax::yaml::parse(written, 0);
            let root = document.root.as_ref();
            let text = root.and_then(|root| root.as_str());
            text.unwrap_or(written).to_owned()
        }
        TokenKind::Double => inner().to_owned(),
        _ => written.to_owned(),
    }
}

/// Whether text is true or false for some reader; for readers of YAML 1.2 fewer texts are.
pub(crate) fn is_truthy(text: &str, is_new: bool) -> bool {
    let words: &[&str] = if is_new {
        &["true", "false"]
    } else {
        &["true", "false", "yes", "no", "on", "off"]
    };
    words.iter().any(|word| is_word(text, word))
}

/// Whether text is a word in small letters, in capitals, or with a capital at its beginning.
fn is_word(text: &str, word: &str) -> bool {
    let rest = text.get(1..).unwrap_or("");
    let lower = |text: &str| !text.bytes().any(|byte| byte.is_ascii_uppercase());
    let upper = |text: &str| !text.bytes().any(|byte| byte.is_ascii_lowercase());
    text.eq_ignore_ascii_case(word) && (lower(rest) || upper(text))
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The two parts of `1.5e3`, the sign left out.
fn exponent(text: &str) -> Option<(&str, &str)> {
    let (number, exponent) = unsigned(text).split_once(['e', 'E'])?;
    is_digits(unsigned(exponent)).then_some((number, exponent))
}

/// Whether a number begins with its point.
pub(crate) fn lacks_numeral(text: &str) -> bool {
    let number = exponent(text).map_or(unsigned(text), |(number, _)| number);
    number.strip_prefix('.').is_some_and(is_digits)
}

/// Whether a number has an exponent.
pub(crate) fn is_scientific(text: &str) -> bool {
    let Some((number, _)) = exponent(text) else {
        return false;
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    (is_digits(whole) && (part.is_empty() || is_digits(part)))
        || (whole.is_empty() && is_digits(part))
}

/// Whether a number is infinite.
pub(crate) fn is_infinite(text: &str) -> bool {
    matches!(unsigned(text), ".inf" | ".Inf" | ".INF")
}

/// Whether a number is none.
pub(crate) fn is_not_a_number(text: &str) -> bool {
    matches!(text, ".nan" | ".NaN" | ".NAN")
}

/// Whether readers of YAML 1.1 take text for anything but text.
pub(crate) fn is_special(text: &str) -> bool {
    let null = matches!(text, "" | "~" | "null" | "Null" | "NULL");
    let other = is_infinite(text) || is_not_a_number(text) || matches!(text, "<<" | "=");
    null || other || is_truthy(text, false) || is_integer(text) || is_float(text) || is_date(text)
}

fn is_integer(text: &str) -> bool {
    let text = unsigned(text);
    let among = |text: &str, known: fn(&u8) -> bool| {
        !text.is_empty()
            && text
                .as_bytes()
                .iter()
                .all(|byte| *byte == b'_' || known(byte))
    };
    if let Some(digits) = text.strip_prefix("0x") {
        return among(digits, u8::is_ascii_hexdigit);
    }
    if let Some(digits) = text.strip_prefix("0b") {
        return among(digits, |byte| matches!(byte, b'0' | b'1'));
    }
    let mut parts = text.split(':');
    let first = parts.next().unwrap_or("");
    let mut rest = parts.peekable();
    let whole = first.starts_with(|digit: char| digit.is_ascii_digit());
    let timed = rest.peek().is_some();
    let octal = !first.starts_with('0') || first == "0" || !first.contains(['8', '9']);
    whole
        && among(first, u8::is_ascii_digit)
        && if timed {
            !first.starts_with('0') && rest.all(is_sixtieth)
        } else {
            octal
        }
}

fn is_sixtieth(text: &str) -> bool {
    is_digits(text) && text.len() <= 2 && text.parse::<u8>().is_ok_and(|number| number < 60)
}

fn is_float(text: &str) -> bool {
    let text = unsigned(text);
    let (number, power) = text.split_once(['e', 'E']).unwrap_or((text, "+0"));
    let signed = power.starts_with(['-', '+']) && is_digits(unsigned(power));
    let Some((whole, part)) = number.split_once('.') else {
        return false;
    };
    let known = |text: &str| {
        text.bytes()
            .all(|byte| byte == b'_' || byte.is_ascii_digit())
    };
    let begins = whole.starts_with(|digit: char| digit.is_ascii_digit());
    let part_begins = part.starts_with(|digit: char| digit.is_ascii_digit());
    signed && known(whole) && known(part) && (begins || (whole.is_empty() && part_begins))
}

/// Whether text is a day, or begins with one and goes on with a time.
fn is_date(text: &str) -> bool {
    let day = text.get(..10).unwrap_or("");
    let mut parts = day.split('-');
    let lengths = [4, 2, 2];
    let is_day = day.len() == 10
        && lengths.iter().all(|length| {
            parts
                .next()
                .is_some_and(|part| part.len() == *length && is_digits(part))
        });
    let rest = text.get(10..).unwrap_or("");
    let timed = rest.trim_start_matches([' ', '\t', 't', 'T']);
    let time = timed.contains(':') && timed.starts_with(|digit: char| digit.is_ascii_digit());
    is_day && (rest.is_empty() || time)
}

#[cfg(test)]
mod tests {
    use super::{is_scientific, is_special, is_truthy, lacks_numeral};

    #[test]
    fn words_for_true_and_false() {
        for text in ["yes", "Off", "TRUE", "on"] {
            assert!(is_truthy(text, false), "{text}");
        }
        for text in ["yEs", "y", "truE", ""] {
            assert!(!is_truthy(text, false), "{text}");
        }
        assert!(is_truthy("True", true) && !is_truthy("yes", true));
    }

    #[test]
    fn numbers() {
        assert!(lacks_numeral("-.5") && !lacks_numeral("0.5") && !lacks_numeral(".x"));
        assert!(is_scientific("1e3") && is_scientific("1.5E-3") && !is_scientific("e3"));
    }

    #[test]
    fn what_is_not_text() {
        for text in [
            "1",
            "-0x1F",
            "1_000",
            "1:30",
            "1.5",
            ".5",
            "2020-01-01",
            "~",
            "010",
        ] {
            assert!(is_special(text), "{text}");
        }
        for text in ["a", "1.2.3", "089", "1e3", "v1", "2020-1", "a: b"] {
            assert!(!is_special(text), "{text}");
        }
    }
}
