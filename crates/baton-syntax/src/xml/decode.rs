//! What references such as `&lt;` and `&#65;` stand for.

use std::ops::Range;

/// A text with its references decoded. References that mean nothing stay as they are and are
/// told with their place.
pub(super) fn decode(raw: &str, mut unknown: impl FnMut(Range<usize>, String)) -> String {
    let mut decoded = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        let at = raw.len() - after.len() - 1;
        let name = after.split_once(';').map(|(name, _)| name);
        let name = name.filter(|name| !name.is_empty() && name.chars().all(is_part));
        rest = after;
        match name.map(|name| (name, character(name))) {
            Some((name, Some(character))) => {
                decoded.push(character);
                rest = after.get(name.len() + 1..).unwrap_or("");
            }
            Some((name, None)) => {
                decoded.push('&');
                unknown(
                    at..at + name.len() + 2,
                    format!("`&{name};` stands for nothing in XML"),
                );
            }
            None => {
                decoded.push('&');
                unknown(at..at + 1, "`&` is written `&amp;`".to_owned());
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

fn is_part(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '#' | '_' | '-' | '.' | ':')
}

fn character(name: &str) -> Option<char> {
    match name {
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "amp" => return Some('&'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => {}
    }
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    char::from_u32(code.ok()?)
}
