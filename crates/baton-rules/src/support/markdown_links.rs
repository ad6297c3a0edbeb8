//! Which lines hold links, and which hold nothing else.

use std::collections::BTreeSet;

use baton_source::{Span, Spanned};
use baton_syntax::markdown::lines::Line;
use baton_syntax::markdown::within;

use crate::support::markdown::{Lint, container_prefix};
use crate::support::markdown_addresses::bare_addresses;

/// How many things that begin above a line are asked whether they reach into it.
const NEAR: usize = 8;

/// The lines of links and of definitions.
pub(crate) struct LinkLines<'l, 'a> {
    lint: &'l Lint<'a>,
    links: BTreeSet<usize>,
    /// Addresses in the text that no brackets make links.
    bare: Vec<Span>,
    definitions: BTreeSet<usize>,
}

impl<'l, 'a> LinkLines<'l, 'a> {
    /// Of a file.
    pub(crate) fn new(lint: &'l Lint<'a>) -> LinkLines<'l, 'a> {
        let outline = lint.outline();
        let bare = bare_addresses(lint);
        let links = outline.links.iter().map(|link| link.span);
        let defined = outline.definitions.iter().map(|one| one.span);
        let footnotes = outline.footnotes.iter().map(|one| trimmed(lint, one.span));
        LinkLines {
            lint,
            links: numbers(lint, links.chain(bare.iter().copied())),
            bare,
            definitions: numbers(lint, defined.chain(footnotes)),
        }
    }

    /// Whether a line belongs to the definition of a link or of a footnote.
    pub(crate) fn is_definition(&self, line: &Line) -> bool {
        let text = self.lint.line_text(line);
        let text = text.get(container_prefix(text).len()..).unwrap_or("");
        self.definitions.contains(&line.number) || self.is_repeated(text)
    }

    /// Whether a line defines a label that was defined before.
    fn is_repeated(&self, text: &str) -> bool {
        let label = text
            .strip_prefix('[')
            .and_then(|text| text.split_once("]:"));
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
        let linked = self.links.contains(&line.number);
        linked && (line.is_heading() || line.is_table() || !self.has_text(line))
    }

    /// Whether something on a line of a paragraph is neither link, code, emphasis nor tag.
    fn has_text(&self, line: &Line) -> bool {
        let outline = self.lint.outline();
        let mut covers = reaching(&self.bare, line.span);
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

/// A span without the white space at its end.
fn trimmed(lint: &Lint<'_>, span: Span) -> Span {
    let kept = span.of(lint.text).trim_end().len();
    Span::new(span.start as usize, span.start as usize + kept)
}

fn part(start: u32, end: u32) -> Span {
    Span {
        start,
        end: end.max(start),
    }
}
