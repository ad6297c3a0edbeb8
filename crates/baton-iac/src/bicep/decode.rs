//! What the text between quotes stands for.

use baton_source::Span;

/// How a string is written, read off its first token.
#[derive(Clone, Copy)]
pub(super) struct Quote {
    /// Whether it has three quotes.
    pub(super) multiline: bool,
    /// Number of `$` before the quotes.
    dollars: usize,
}

/// Which ends of a token are quotes; the others are those of an interpolation.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    pub(super) first: bool,
    pub(super) last: bool,
}

impl Quote {
    /// The quote of the string that `token` is or starts.
    pub(super) fn of(token: &str) -> Quote {
        let dollars = token.bytes().take_while(|&byte| byte == b'$').count();
        Quote {
            multiline: dollars > 0 || token.starts_with("'''"),
            dollars,
        }
    }

    /// The part of a string token between its delimiters.
    pub(super) fn content(self, token: Span, text: &str, ends: Ends) -> Span {
        let quote = if self.multiline { 3 } else { 1 };
        let opening = if ends.first { self.dollars + quote } else { 1 };
        let closing = if ends.last {
            quote
        } else {
            self.dollars.max(1) + 1
        };
        let mut start = token.start as usize + opening;
        let whole = token.of(text);
        // Only a string that was never closed lacks its quotes at the end.
        let closed = !ends.last || whole.ends_with(if self.multiline { "'''" } else { "'" });
        let end = if closed {
            token.end as usize - closing.min(token.len())
        } else {
            token.end as usize
        };
        if self.multiline && ends.first {
            start += line_end(Span::new(start, end).of(text));
        }
        Span::new(start.min(end), end)
    }

    /// The value of a string token's content.
    pub(super) fn decode(self, content: &str) -> String {
        if self.multiline || !content.contains('\\') {
            return content.to_owned();
        }
        unescape(content)
    }
}

/// Length of the line end the text starts with: it does not belong to a `'''` string.
fn line_end(text: &str) -> usize {
    if text.starts_with("\r\n") {
        2
    } else {
        usize::from(text.starts_with('\n'))
    }
}

fn unescape(content: &str) -> String {
    let mut value = String::with_capacity(content.len());
    let mut rest = content.chars();
    while let Some(next) = rest.next() {
        if next != '\\' {
            value.push(next);
            continue;
        }
        match rest.next() {
            Some('n') => value.push('\n'),
            Some('r') => value.push('\r'),
            Some('t') => value.push('\t'),
            Some('u') => {
                let (point, after) = code_point(rest.as_str());
                value.push(point);
                rest = after.chars();
            }
            other => value.extend(other),
        }
    }
    value
}

/// The character after `\\u`, and the text behind it.
fn code_point(text: &str) -> (char, &str) {
    let digits = text.strip_prefix('{').unwrap_or(text);
    let after = digits.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    let digits = digits.strip_suffix(after).unwrap_or("");
    let point = u32::from_str_radix(digits, 16)
        .ok()
        .and_then(char::from_u32);
    (
        point.unwrap_or(char::REPLACEMENT_CHARACTER),
        after.strip_prefix('}').unwrap_or(after),
    )
}
