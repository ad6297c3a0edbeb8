//! Programs that turn one text into another, as far as guessing what they write needs them.

use std::iter::Peekable;
use std::str::Chars;

use crate::leaf::UNKNOWN;

/// `echo`.
pub(crate) fn echo(words: &[&str]) -> String {
    let mut words = words;
    let mut escapes = false;
    let mut newline = true;
    while let Some((first, rest)) = words.split_first() {
        let Some(flags) = first.strip_prefix('-').filter(|flags| !flags.is_empty()) else {
            break;
        };
        if !flags.chars().all(|flag| "neE".contains(flag)) {
            break;
        }
        escapes |= flags.contains('e');
        newline &= !flags.contains('n');
        words = rest;
    }
    let mut text = words.join(" ");
    if escapes {
        text = unescaped(&text);
    }
    if newline {
        text.push('\n');
    }
    text
}

/// `printf`: `%s`, `%b`, `%c` and numbers are filled in, and escapes decoded.
pub(crate) fn printf(words: &[&str]) -> String {
    let words = match words {
        ["--", rest @ ..] | ["-v", _, rest @ ..] => rest,
        all => all,
    };
    let Some((format, values)) = words.split_first() else {
        return String::new();
    };
    let mut values = values.iter();
    let mut text = String::new();
    loop {
        let before = values.len();
        filled(format, &mut values, &mut text);
        if values.len() == 0 || values.len() == before {
            return text;
        }
    }
}

fn filled(format: &str, values: &mut std::slice::Iter<'_, &str>, text: &mut String) {
    let format = unescaped(format);
    let mut signs = format.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign != '%' {
            text.push(sign);
            continue;
        }
        while signs
            .next_if(|sign| "-+ #0123456789.*".contains(*sign))
            .is_some()
        {}
        match signs.next() {
            Some('%') => text.push('%'),
            Some('b') => text.push_str(&unescaped(values.next().unwrap_or(&""))),
            Some('c') => text.extend(values.next().and_then(|value| value.chars().next())),
            Some(_) => text.push_str(values.next().unwrap_or(&"")),
            None => {}
        }
    }
}

/// Escapes as `echo -e` and `printf` read them.
pub(crate) fn unescaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            made.push(sign);
            continue;
        }
        match signs.next() {
            Some('n') => made.push('\n'),
            Some('t') => made.push('\t'),
            Some('r') => made.push('\r'),
            Some('x') => made.extend(numbered(String::new(), &mut signs, (16, 2))),
            Some('u') => made.extend(numbered(String::new(), &mut signs, (16, 4))),
            Some('0') => made.extend(numbered("0".to_owned(), &mut signs, (8, 4))),
            Some(digit @ '1'..='7') => {
                made.extend(numbered(digit.to_string(), &mut signs, (8, 3)));
            }
            Some('\\') | None => made.push('\\'),
            Some(other) => made.extend(['\\', other]),
        }
    }
    made
}

/// A character by its number: the radix, and how many digits it has at most.
fn numbered(
    start: String,
    signs: &mut Peekable<Chars<'_>>,
    (radix, most): (u32, usize),
) -> Option<char> {
    let mut digits = start;
    while digits.len() < most
        && let Some(digit) = signs.next_if(|sign| sign.is_digit(radix))
    {
        digits.push(digit);
    }
    u32::from_str_radix(&digits, radix)
        .ok()
        .and_then(char::from_u32)
}

/// What a filter makes of a text; `None` when it is not one of those that are known.
pub(crate) fn filter(program: &str, words: &[&str], text: &str) -> Option<String> {
    if text.contains(UNKNOWN) {
        return None;
    }
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let cluster = |flag: char| {
        let short = |word: &&&str| word.starts_with('-') && !word.starts_with("--");
        words.iter().filter(short).any(|word| word.contains(flag))
    };
    match program {
        "base64" | "gbase64" if has(&["--decode", "-D"]) || cluster('d') => {
            String::from_utf8(base64(text)?).ok()
        }
        "openssl" if has(&["base64", "-base64", "-a"]) && has(&["-d"]) => {
            String::from_utf8(base64(text)?).ok()
        }
        "xxd" if cluster('r') => String::from_utf8(hex(text)?).ok(),
        "rev" => Some(text.lines().map(reversed).collect()),
        "tac" | "sort" | "cat" | "tee" | "uniq" | "head" | "tail" => Some(text.to_owned()),
        "tr" => translated(words, text),
        _ => None,
    }
}

fn reversed(line: &str) -> String {
    let mut line: String = line.chars().rev().collect();
    line.push('\n');
    line
}

/// `tr A B` and `tr -d A`, with ranges.
fn translated(words: &[&str], text: &str) -> Option<String> {
    match words {
        ["-d", set] => {
            let set = members(&unescaped(set));
            Some(text.chars().filter(|sign| !set.contains(sign)).collect())
        }
        [from, to] if !from.starts_with('-') => {
            let (from, to) = (members(&unescaped(from)), members(&unescaped(to)));
            let change = |sign: char| {
                let at = from.iter().position(|known| *known == sign);
                let new = at.and_then(|at| to.get(at).or(to.last()));
                new.copied().unwrap_or(sign)
            };
            Some(text.chars().map(change).collect())
        }
        _ => None,
    }
}

/// The signs of a set, ranges written out.
fn members(set: &str) -> Vec<char> {
    let signs: Vec<char> = set.chars().collect();
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(&sign) = signs.get(at) {
        match (signs.get(at + 1), signs.get(at + 2)) {
            (Some('-'), Some(&end)) if end >= sign && (end as u32 - sign as u32) < 256 => {
                all.extend(sign..=end);
                at += 3;
            }
            _ => {
                all.push(sign);
                at += 1;
            }
        }
    }
    all
}

/// Base 64, standard or for URLs, blanks ignored.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut held, mut bits) = (0_u32, 0_u32);
    for sign in text.bytes() {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' | b'\n' | b'\r' | b' ' | b'\t' => continue,
            _ => return None,
        };
        held = (held << 6 | u32::from(value)) & 0xFF_FFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.extend(u8::try_from(held >> bits & 0xFF));
        }
    }
    Some(bytes)
}

/// Pairs of hexadecimal digits, blanks ignored.
fn hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .map(|sign| sign.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(high << 4 | low),
        _ => None,
    };
    digits?.chunks(2).map(pair).collect()
}
