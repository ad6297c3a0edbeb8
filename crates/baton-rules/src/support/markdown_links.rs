//! Which lines hold links, and which hold nothing else.

use std::collections::BTreeSet;

use baton_source::{Span, Spanned};
use baton_syntax::markdown::lines::Line;
use baton_syntax::markdown::within;

use crate::support::markdown::{Lint, container_prefix};

/// How many things that begin above a line are asked whether they reach into it.
const NEAR: usize = 8;

/// The lines of links and of definitions.
pub(crate) struct LinkLines<'l, 'a> {
    lint: &'l Lint<'a>,
    links: BTreeSet<usize>,
    definitions: BTreeSet<usize>,
}

impl<'l, 'a> LinkLines<'l, 'a> {
    /// Of a file.
    pub(crate) fn new(lint: &'l Lint<'a>) -> LinkLines<'l, 'a> {
        let outline = lint.outline();
        let links = outline.links.iter().map(|link| link.span);
        let defined = outline.definitions.iter().map(|one| one.span);
        LinkLines {
            lint,
            links: numbers(lint, links),
            definitions: numbers(lint, defined),
        }
    }

    /// Whether a line belongs to the definition of a link or of a footnote.
    pub(crate) fn is_definition(&self, line: &Line) -> bool {
        let text = self.lint.line_text(line);
        let text = text.get(container_prefix(text).len()..).unwrap_or("");
        let footnote = text.starts_with("[^") && text.contains("]:");
        footnote || self.definitions.contains(&line.number) || self.is_repeated(text)
    }

    /// Whether a line defines a label that was defined before.
    fn is_repeated(&self, text: &str) -> bool {
        let label = text.strip_prefix('[').and_then(|text| text.split_once("]:"));
        let definitions = &self.lint.outline().definitions;
        label.is_some_and(|(label, _)| {
            let mut definitions = definitions.iter();
            definitions.any(|one| one.label.eq_ignore_ascii_case(label))
        })
    }

    /// Whether a line holds a link and no text of a paragraph beside it.
    pub(crate) fn only(&self, line: &Line) -> bool {
        if line.is_html() || line.is_code() || line.is_fence() {
            return false;
        }
        let bare = bare_links(self.lint, line);
        if bare.is_empty() && !self.links.contains(&line.number) {
            return false;
        }
        line.is_heading() || line.is_table() || !self.has_text(line, bare)
    }

    /// Whether something on a line of a paragraph is neither link, code, emphasis nor tag.
    fn has_text(&self, line: &Line, bare: Vec<Span>) -> bool {
        let outline = self.lint.outline();
        let mut covers = bare;
        covers.extend(reaching(&outline.links, line.span));
        covers.extend(reaching(&outline.codes, line.span));
        covers.extend(reaching(&outline.emphases, line.span));
        covers.extend(reaching(&outline.html, line.span));
        covers.sort_unstable();
        let text = self.lint.line_text(line);
        let start = line.span.start + u32::try_from(container_prefix(text).len()).unwrap_or(0);
        let end = line.span.start + u32::try_from(text.trim_end().len()).unwrap_or(0);
        let mut from = start;
        for cover in covers {
            if cover.start > from && is_text(part(from, cover.start).of(self.lint.text)) {
                return true;
            }
            from = from.max(cover.end);
        }
        from < end && is_text(part(from, end).of(self.lint.text))
    }
}

/// Whether a piece is more than escapes and entities.
fn is_text(piece: &str) -> bool {
    let mut rest = piece;
    while !rest.is_empty() {
        let length = escape(rest).or_else(|| entity(rest));
        let Some(length) = length else {
            return true;
        };
        rest = rest.get(length..).unwrap_or("");
    }
    false
}

/// The length of an escape a text begins with; a backslash at the end breaks the line.
fn escape(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('\\')?;
    match rest.chars().next() {
        None => Some(1),
        Some(mark) => mark.is_ascii_punctuation().then_some(2),
    }
}

/// The length of an entity a text begins with.
fn entity(text: &str) -> Option<usize> {
    let end = text.strip_prefix('&')?.find(';')?;
    let name = text.get(1..=end)?;
    let bare = name.trim_start_matches('#');
    let sound = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_alphanumeric());
    sound.then_some(end + 2)
}

/// The numbers of the lines that spans lie on.
fn numbers(lint: &Lint<'_>, spans: impl Iterator<Item = Span>) -> BTreeSet<usize> {
    let index = lint.file.lines();
    let lines = spans.flat_map(|span| {
        let last = span.end.saturating_sub(1).max(span.start);
        index.line_of(span.start)..=index.line_of(last)
    });
    lines.collect()
}

/// Those of sorted things that reach into a line.
fn reaching<T: Spanned>(sorted: &[T], line: Span) -> Vec<Span> {
    let before = sorted.partition_point(|one| one.span().start < line.start);
    let near = sorted.iter().take(before).rev().take(NEAR);
    let above = near.map(Spanned::span).filter(|one| one.end > line.start);
    let own = within(sorted, line).iter().map(Spanned::span);
    above.chain(own).collect()
}

/// Addresses that stand in text as they are.
pub(crate) fn bare_links(lint: &Lint<'_>, line: &Line) -> Vec<Span> {
    let text = lint.line_text(line);
    let outline = lint.outline();
    let mut found = Vec::new();
    for place in addresses(text) {
        let place = place.shifted(line.span.start as usize);
        let code = outline.is_code_span(place.start);
        let tag = reaching(&outline.html, line.span)
            .iter()
            .any(|tag| tag.contains(place.start));
        if !code && !tag && !lint.all_lines().is_hidden(place.start) {
            found.push(place);
        }
    }
    found
}

/// Where addresses of the web and of mail stand in a line.
pub(crate) fn addresses(line: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(rest) = line.get(from..) {
        let Some(at) = rest.find([':', '@', '.']).map(|at| from + at) else {
            break;
        };
        let start = address_start(line, at);
        let end = start.map_or(at + 1, |start| address_end(line, start));
        if let Some(start) = start {
            found.push(Span::new(start, end));
        }
        from = end.max(at + 1);
    }
    found
}

/// Where the address begins that has its first mark at an offset.
fn address_start(line: &str, at: usize) -> Option<usize> {
    let (before, rest) = (line.get(..at)?, line.get(at..)?);
    let ends = |word: &str| {
        let start = before.len().checked_sub(word.len())?;
        let own = before.get(start..)?;
        own.eq_ignore_ascii_case(word).then_some(start)
    };
    let lead = |start: usize| line.get(..start).and_then(|text| text.chars().next_back());
    if rest.starts_with("://") {
        let start = ends("https").or_else(|| ends("http"))?;
        let host = rest.get(3..)?.chars().next()?;
        let sound = !host.is_whitespace() && !matches!(host, '<' | '*' | '`' | '{' | '[' | '/');
        let alone = lead(start).is_none_or(|mark| !mark.is_ascii_alphabetic());
        return (alone && sound).then_some(start);
    }
    if rest.starts_with('.') {
        let start = ends("www")?;
        let host = rest.get(1..)?.chars().next()?;
        let alone = lead(start).is_none_or(|mark| mark.is_whitespace() || "(*_[]~".contains(mark));
        return (alone && host.is_alphanumeric()).then_some(start);
    }
    let host = rest.strip_prefix('@')?;
    let label = host.find(|mark: char| !mark.is_ascii_alphanumeric() && !"-_".contains(mark))?;
    let tail = host.get(label..)?.strip_prefix('.')?;
    let name = before.trim_end_matches(|mark: char| {
        mark.is_ascii_alphanumeric() || "+-._".contains(mark)
    });
    let alone = !name.ends_with('/') && name.len() < before.len() && label > 0;
    let dotted = tail.starts_with(|mark: char| mark.is_ascii_alphabetic());
    (alone && dotted).then_some(name.len())
}

/// Where an address ends: before a blank or `<`, and before marks that end a sentence.
fn address_end(line: &str, start: usize) -> usize {
    let rest = line.get(start..).unwrap_or("");
    let length = rest.find(|mark: char| mark.is_whitespace() || mark == '<');
    let mut address = rest.get(..length.unwrap_or(rest.len())).unwrap_or("");
    loop {
        let kept = address.trim_end_matches(['!', '"', '\'', '*', ',', '.', ':', ';', '?', '_', '~', '`']);
        let open = kept.matches('(').count();
        let close = kept.matches(')').count();
        let kept = match kept.strip_suffix([')', ']']) {
            Some(shorter) if kept.ends_with(']') || close > open => shorter,
            _ => kept,
        };
        if kept.len() == address.len() {
            return start + address.len();
        }
        address = kept;
    }
}

fn part(start: u32, end: u32) -> Span {
    Span {
        start,
        end: end.max(start),
    }
}
