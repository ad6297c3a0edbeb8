//! Addresses that stand in the text as they are, as GitHub makes links of them.

use baton_source::Span;
use baton_syntax::markdown::{Markdown, Words, within};

use crate::support::markdown::Lint;
use crate::support::markdown_math::Math;

/// The addresses in the text of a file that no brackets make links.
pub(crate) fn bare_addresses(lint: &Lint<'_>) -> Vec<Span> {
    let math = Math::new(lint);
    let mut found = bare_addresses_of(lint.text, lint.outline());
    found.retain(|address| !math.holds(address.start));
    found
}

/// The addresses in a text that no brackets make links.
pub(crate) fn bare_addresses_of(text: &str, outline: &Markdown) -> Vec<Span> {
    let mut found = Vec::new();
    for inline in &outline.inlines {
        let words = within(&outline.words, *inline);
        let hint = |one: &Words| may_hold(one.span.of(text));
        if !words.iter().any(hint) {
            continue;
        }
        let mut open = 0;
        for one in words.iter().filter(|one| !one.in_link) {
            read(text, one.span, (&mut open, &mut found));
        }
    }
    found
}

/// Whether a text holds an address.
pub(crate) fn holds_address(text: &str) -> bool {
    let mut before = None;
    may_hold(text)
        && text.char_indices().any(|(at, mark)| {
            let found = address(text.get(at..).unwrap_or(""), mark, before);
            before = Some(mark);
            found.is_some()
        })
}

/// Whether a text may hold an address, at a glance.
pub(crate) fn may_hold(text: &str) -> bool {
    text.contains("://") || text.contains('@') || text.contains(['.']) && has_www(text)
}

fn has_www(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes
        .windows(4)
        .any(|part| part.eq_ignore_ascii_case(b"www."))
}

/// Reads one run of text; `open` counts the square brackets that are open before it.
fn read(text: &str, span: Span, (open, found): (&mut usize, &mut Vec<Span>)) {
    let source = span.of(text);
    let start = span.start as usize;
    let earlier = text.get(..start).unwrap_or("");
    let mut before = earlier.chars().next_back();
    let mut escaped = before == Some('\\');
    let mut skip = 0;
    for (at, mark) in source.char_indices() {
        if at < skip {
            before = Some(mark);
            continue;
        }
        let rest = source.get(at..).unwrap_or("");
        if let Some(length) = address(rest, mark, before).filter(|_| *open == 0) {
            found.push(Span::new(start + at, start + at + length));
            skip = at + length;
        } else if mark == '[' && !escaped {
            *open += 1;
        } else if mark == ']' && !escaped {
            *open = open.saturating_sub(1);
        }
        escaped = false;
        before = Some(mark);
    }
}

/// The length of the address that a text begins with.
fn address(rest: &str, first: char, before: Option<char>) -> Option<usize> {
    let length = match first {
        'h' | 'H' => protocol(rest, before),
        'w' | 'W' => world(rest, before),
        _ => None,
    };
    length.or_else(|| mail(rest, first, before))
}

fn protocol(rest: &str, before: Option<char>) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        let begins = rest.get(..scheme.len());
        begins.is_some_and(|begins| begins.eq_ignore_ascii_case(scheme))
    })?;
    if before.is_some_and(|before| before.is_ascii_alphabetic()) {
        return None;
    }
    let host = rest.get(scheme.len()..)?;
    let first = host.chars().next()?;
    if first.is_control() || first.is_whitespace() || is_punctuation(first) {
        return None;
    }
    let domain = domain(host)?;
    let path = host.get(domain..)?;
    Some(scheme.len() + domain + path_length(path))
}

fn world(rest: &str, before: Option<char>) -> Option<usize> {
    let begins = rest.get(..4)?.eq_ignore_ascii_case("www.");
    let apart = before.is_none_or(|before| {
        matches!(before, '(' | '*' | '_' | '[' | ']' | '~') || before.is_ascii_whitespace()
    });
    let host = rest.get(4..)?;
    if !begins || !apart || host.is_empty() {
        return None;
    }
    let domain = domain(rest)?;
    let path = rest.get(domain..)?;
    Some(domain + path_length(path))
}

/// The length of a domain; its last two parts have no underscore.
fn domain(host: &str) -> Option<usize> {
    let mut seen = false;
    let (mut last, mut last_but_one) = (false, false);
    let mut length = 0;
    for (at, mark) in host.char_indices() {
        length = at;
        if matches!(mark, '.' | '_') {
            if ends_here(host.get(at..).unwrap_or("")) {
                break;
            }
            if mark == '_' {
                last = true;
            } else {
                last_but_one = last;
                last = false;
            }
        } else if mark.is_whitespace() || (mark != '-' && is_punctuation(mark)) {
            break;
        } else {
            seen = true;
        }
        length = at + mark.len_utf8();
    }
    (seen && !last && !last_but_one).then_some(length)
}

/// The length of what belongs to an address behind its domain.
fn path_length(path: &str) -> usize {
    let (mut opened, mut closed) = (0_usize, 0_usize);
    for (at, mark) in path.char_indices() {
        let rest = path.get(at..).unwrap_or("");
        let inner = mark == ')' && closed < opened;
        let over = mark.is_whitespace() || mark == '<';
        if over || (!inner && is_trailing(mark) && ends_here(rest)) {
            return at;
        }
        opened += usize::from(mark == '(');
        closed += usize::from(mark == ')');
    }
    path.len()
}

fn is_trailing(mark: char) -> bool {
    matches!(
        mark,
        '!' | '"' | '&' | '\'' | ')' | '*' | ',' | '.' | ':' | ';' | '<' | '?' | '_' | '~' | ']'
    )
}

/// Whether nothing but punctuation follows up to the next blank.
fn ends_here(rest: &str) -> bool {
    let mut marks = rest.chars().peekable();
    while let Some(mark) = marks.next() {
        if mark.is_whitespace() || mark == '<' {
            return true;
        }
        if mark == ']' {
            let next = marks.peek();
            if next.is_none_or(|next| matches!(next, '(' | '[') || next.is_whitespace()) {
                return true;
            }
        } else if mark == '&' {
            let name = marks.by_ref().find(|next| !next.is_ascii_alphabetic());
            if name != Some(';') {
                return false;
            }
        } else if !is_trailing(mark) {
            return false;
        }
    }
    true
}

fn mail(rest: &str, first: char, before: Option<char>) -> Option<usize> {
    let local = |mark: char| mark.is_ascii_alphanumeric() || matches!(mark, '+' | '-' | '.' | '_');
    if !local(first) || before.is_some_and(|before| before == '/' || local(before)) {
        return None;
    }
    let host = rest.trim_start_matches(local).strip_prefix('@')?;
    let begin = rest.len() - host.len();
    let (mut data, mut dot) = (false, false);
    let mut marks = host.char_indices().peekable();
    let mut end = 0;
    while let Some((at, mark)) = marks.next() {
        let next = marks.peek().map(|(_, next)| *next);
        if mark == '.' && next.is_some_and(|next| next.is_ascii_alphanumeric()) {
            dot = true;
        } else if mark.is_ascii_alphanumeric() || matches!(mark, '-' | '_') {
            data = true;
        } else {
            break;
        }
        end = at + 1;
    }
    let last = host.get(..end)?.chars().next_back()?;
    (data && dot && last.is_ascii_alphabetic()).then_some(begin + end)
}

/// Punctuation and symbols, as far as they are no letters, digits or blanks.
fn is_punctuation(mark: char) -> bool {
    if mark.is_ascii() {
        return mark.is_ascii_punctuation();
    }
    let other = mark.is_alphanumeric() || mark.is_whitespace() || mark.is_control();
    !other
}
