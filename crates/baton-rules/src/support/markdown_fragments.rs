//! The fragments of a file that links may name: anchors of headings and of HTML.

use std::collections::BTreeMap;

use baton_source::Span;
use baton_syntax::markdown::{Heading, LinkKind, within};

use crate::support::markdown::Lint;
use crate::support::markdown_addresses::bare_addresses;
use crate::support::markdown_inline::attribute;

/// The fragments of a file, `#` included, as they stand in an address.
pub(crate) fn fragments(lint: &Lint<'_>) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::from([("#top".to_owned(), 0)]);
    let addresses = bare_addresses(lint);
    for heading in &lint.outline().headings {
        let fragment = format!("#{}", encoded(&anchor(lint, heading, &addresses)));
        if fragment == "#" {
            continue;
        }
        let count = all.get(&fragment).copied().unwrap_or(0);
        if count > 0 {
            all.insert(format!("{fragment}-{count}"), 0);
        }
        all.insert(fragment, count + 1);
        for own in own_anchors(&heading.raw) {
            all.entry(own.to_owned()).or_insert(1);
        }
    }
    for tag in lint.tags().iter().filter(|tag| !tag.closes) {
        let source = tag.span.of(lint.text);
        let name = || {
            let anchor = tag.name.eq_ignore_ascii_case("a");
            anchor.then(|| attribute(source, "name")).flatten()
        };
        if let Some(id) = attribute(source, "id").or_else(name) {
            all.insert(format!("#{id}"), 0);
        }
    }
    all
}

/// The anchor of a heading: its text without markup, addresses, tags and images.
fn anchor(lint: &Lint<'_>, heading: &Heading, addresses: &[Span]) -> String {
    let outline = lint.outline();
    let links = within(&outline.links, heading.text_span);
    let hidden = |span: Span| {
        let mut links = links.iter();
        links.any(|link| {
            let bracketed = matches!(link.kind, LinkKind::Autolink | LinkKind::Email);
            (link.image || bracketed) && link.span.contains(span.start)
        })
    };
    let mut parts: Vec<(u32, String)> = Vec::new();
    for words in within(&outline.words, heading.text_span) {
        if !hidden(words.span) {
            let text = without(lint, words.span, addresses);
            parts.push((words.span.start, without_entities(&text)));
        }
    }
    let first = outline
        .codes
        .partition_point(|code| code.start < heading.text_span.start);
    let codes = outline.codes.iter().skip(first);
    for code in codes.take_while(|code| code.start < heading.text_span.end) {
        if !hidden(*code) {
            let text = code.of(lint.text).trim_matches('`');
            let padded = text
                .strip_prefix(' ')
                .and_then(|text| text.strip_suffix(' '));
            let inner = padded.filter(|inner| !inner.trim().is_empty());
            parts.push((code.start, inner.unwrap_or(text).to_owned()));
        }
    }
    parts.sort();
    let text: String = parts.into_iter().map(|(_, text)| text).collect();
    let kept = text.to_lowercase();
    let kept = kept.chars().filter_map(|mark| match mark {
        ' ' => Some('-'),
        mark if is_kept(mark) => Some(mark),
        _ => None,
    });
    kept.collect()
}

/// A run of text without the addresses in it.
fn without(lint: &Lint<'_>, span: Span, addresses: &[Span]) -> String {
    let mut kept = String::new();
    let mut from = span.start;
    let first = addresses.partition_point(|address| address.start < span.start);
    let inside = addresses.iter().skip(first);
    for address in inside.take_while(|address| address.start < span.end) {
        let before = Span {
            start: from,
            end: address.start,
        };
        kept.push_str(before.of(lint.text));
        from = address.end;
    }
    let rest = Span {
        start: from,
        end: span.end.max(from),
    };
    kept.push_str(rest.of(lint.text));
    kept
}

/// A text without what stands for characters, such as `&amp;`.
fn without_entities(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        kept.push_str(before);
        let name = after.split_once(';').filter(|(name, _)| {
            let inner = name.strip_prefix('#').unwrap_or(name);
            !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        rest = name.map_or(after, |(_, rest)| rest);
    }
    kept.push_str(rest);
    kept
}

/// Letters, marks, numbers, connectors and hyphens stay.
fn is_kept(mark: char) -> bool {
    matches!(mark, '-' | '_') || mark.is_alphanumeric() || is_mark_or_connector(mark)
}

fn is_mark_or_connector(mark: char) -> bool {
    if mark.is_ascii() || matches!(mark, '\u{200c}' | '\u{200d}') {
        return false;
    }
    let mut buffer = [0; 4];
    // The anchors of headings keep the same marks.
    !baton_syntax::markdown::slug(mark.encode_utf8(&mut buffer)).is_empty()
}

/// The anchors a heading gives itself: `{#name}`.
fn own_anchors(heading: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = heading;
    while let Some((_, after)) = rest.split_once("{#") {
        rest = after;
        let Some((name, _)) = after.split_once('}') else {
            break;
        };
        let word = |part: &str| {
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            !part.is_empty() && part.bytes().all(plain)
        };
        if name.split(['-', '_']).all(word) {
            let start = heading.len() - after.len() - 1;
            found.extend(heading.get(start..=start + name.len()));
        }
    }
    found
}

/// A text as it stands in an address.
pub(crate) fn encoded(text: &str) -> String {
    let mut address = String::with_capacity(text.len());
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            address.push(char::from(byte));
        } else {
            let digits = [digit(byte >> 4), digit(byte & 15)];
            address.push('%');
            address.extend(digits.map(|digit| digit.to_ascii_uppercase()));
        }
    }
    address
}
