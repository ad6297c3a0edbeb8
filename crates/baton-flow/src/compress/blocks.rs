//! A Markdown text as sections of blocks: what stands together between blank lines.

use std::ops::Range;

use baton_source::{LineIndex, Span};
use baton_syntax::front_matter;
use baton_syntax::markdown::{self, Markdown};

use crate::heading;

/// A text in parts, code left out.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The title.
    pub(super) title: Option<String>,
    /// The first paragraph behind it, before any section.
    pub(super) lead: Option<String>,
    /// The sections below headings of level 2, in order.
    pub(super) sections: Vec<Section>,
}

/// A section.
#[derive(Debug)]
pub(super) struct Section {
    /// Its heading as written.
    pub(super) heading: String,
    /// The words of its heading.
    pub(super) normal: String,
    /// What stands below.
    pub(super) blocks: Vec<Block>,
}

/// What stands together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// As written, without the last line ending.
    pub(super) text: String,
    /// What it is.
    pub(super) kind: Kind,
    /// The tables in it as written, and how many rows they have below their headers.
    pub(super) tables: Vec<String>,
    /// Rows of those tables.
    pub(super) rows: usize,
}

/// Kinds of block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading below level 2.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// Something a reader has to unfold.
    Details,
    /// A table, a quote or anything else.
    Other,
}

/// A text with its outline.
struct Read<'t> {
    text: &'t str,
    outline: Markdown,
    lines: LineIndex,
}

/// Takes a text apart.
pub(super) fn parts(text: &str) -> Parts {
    let body = front_matter::split(text)
        .found()
        .map_or(0, |block| block.body);
    let body = text.get(body..).unwrap_or_default();
    let plain = without_code(body.trim_start_matches('\u{feff}'));
    let read = Read::new(&plain);
    let title = read.outline.h1().next();
    let starts: Vec<usize> = read
        .outline
        .h2()
        .map(|h2| read.line(h2.span.start))
        .collect();
    let end = read.lines.lines();
    let first = starts.first().copied().unwrap_or(end);
    let lead = title.and_then(|title| read.lead(read.line(title.span.end), first));
    let ends = starts.iter().skip(1).copied().chain([end]);
    let headings = read.outline.h2();
    let sections = headings
        .zip(starts.iter().zip(ends))
        .map(|(h2, (start, end))| {
            let below = read.line(h2.span.end) + 1;
            Section {
                heading: h2.span.of(&plain).to_owned(),
                normal: heading::normal(&h2.text),
                blocks: read.blocks(below.max(*start)..end),
            }
        });
    Parts {
        title: title.map(|title| title.span.of(&plain).to_owned()),
        lead,
        sections: sections.collect(),
    }
}

/// The text without code blocks: whole lines are taken out until none is left.
fn without_code(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        let read = Read::new(&text);
        let fences: Vec<Range<usize>> = read
            .outline
            .fences
            .iter()
            .map(|fence| read.range(fence.span))
            .collect();
        if fences.is_empty() {
            return text;
        }
        let lines = text.split_inclusive('\n').enumerate();
        let kept = lines.filter(|(number, _)| !fences.iter().any(|fence| fence.contains(number)));
        let kept = kept.map(|(_, line)| line).collect();
        text = kept;
    }
}

impl<'t> Read<'t> {
    fn new(text: &'t str) -> Read<'t> {
        Read {
            text,
            outline: markdown::parse(text, 0),
            lines: LineIndex::new(text),
        }
    }

    /// The line of an offset, from 0.
    fn line(&self, offset: u32) -> usize {
        self.lines.line_of(offset)
    }

    /// The lines a span touches.
    fn range(&self, span: Span) -> Range<usize> {
        let last = span.end.max(span.start + 1) - 1;
        self.line(span.start)..self.line(last) + 1
    }

    /// The first paragraph between two lines that says something: badges do not.
    fn lead(&self, from: usize, to: usize) -> Option<String> {
        let says = |span: &&Span| {
            let mut words = self.outline.words.iter();
            words.any(|words| {
                let plain = words.span.of(self.text);
                !words.in_link
                    && span.start <= words.span.start
                    && words.span.end <= span.end
                    && plain.contains(char::is_alphanumeric)
            })
        };
        let is_outside = |span: &&Span| {
            let mut quotes = self.outline.quotes.iter();
            !quotes.any(|quote| quote.start <= span.start && span.end <= quote.end)
        };
        let paragraphs = self.outline.paragraphs.iter();
        let mut inside = paragraphs.filter(|span| {
            let line = self.line(span.start);
            line > from && line < to
        });
        let found = inside.find(|span| says(span) && is_outside(span))?;
        Some(found.of(self.text).trim_end().to_owned())
    }

    /// The blocks of some lines.
    fn blocks(&self, range: Range<usize>) -> Vec<Block> {
        let solid = self.solid(&range);
        let mut blocks: Vec<Range<usize>> = Vec::new();
        for line in range {
            let is_blank = self.lines.line_text(self.text, line).trim().is_empty();
            let inside = solid
                .iter()
                .any(|one| one.contains(&line) && one.start < line);
            let is_heading = self.is_heading(line);
            match blocks.last_mut() {
                Some(last) if inside && last.end == line => last.end = line + 1,
                _ if is_blank => {}
                Some(last) if last.end == line && !is_heading && !self.is_heading(last.start) => {
                    last.end = line + 1;
                }
                _ => blocks.push(line..line + 1),
            }
        }
        blocks.into_iter().map(|lines| self.block(lines)).collect()
    }

    /// Runs of lines that blank lines do not part.
    fn solid(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let lists = self.outline.lists.iter().filter(|list| list.depth == 0);
        let lists = lists.map(|list| list.span);
        let tables = self.outline.tables.iter().map(|table| table.span);
        let quotes = self.outline.quotes.iter().copied();
        let spans = lists.chain(tables).chain(quotes);
        let mut solid: Vec<Range<usize>> = spans.map(|span| self.range(span)).collect();
        solid.extend(self.details(range));
        solid
    }

    /// Lines from `<details>` to `</details>`.
    fn details(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for line in range.clone() {
            let text = self.lines.line_text(self.text, line).to_lowercase();
            open.extend(text.matches("<details").map(|_| line));
            for _ in text.matches("</details") {
                let start = open.pop();
                let whole = start.filter(|_| open.is_empty());
                found.extend(whole.map(|start| start..line + 1));
            }
        }
        found
    }

    fn is_heading(&self, line: usize) -> bool {
        let mut headings = self.outline.headings.iter();
        headings.any(|heading| heading.top_level && self.range(heading.span).contains(&line))
    }

    fn block(&self, lines: Range<usize>) -> Block {
        let start = self.lines.start_of(lines.start).unwrap_or_default();
        let whole = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let end = self.lines.start_of(lines.end).unwrap_or(whole);
        let text = Span { start, end }.of(self.text);
        let own = self.outline.tables.iter().filter(|table| {
            let rows = self.range(table.span);
            lines.start <= rows.start && rows.end <= lines.end
        });
        let own: Vec<&markdown::Table> = own.collect();
        let is_at = |span: Span| self.line(span.start) == lines.start;
        let opening = text.trim_start().to_lowercase();
        let kind = if self.is_heading(lines.start) {
            Kind::Heading
        } else if opening.starts_with("<details") {
            Kind::Details
        } else if self.outline.lists.iter().any(|list| is_at(list.span)) {
            Kind::List
        } else if own.is_empty() && self.outline.paragraphs.iter().any(|span| is_at(*span)) {
            Kind::Paragraph
        } else {
            Kind::Other
        };
        Block {
            text: text.trim_end().to_owned(),
            kind,
            tables: own.iter().map(|table| self.table(table)).collect(),
            rows: own.iter().map(|table| table.rows.len()).sum(),
        }
    }

    /// A table as written, with what stands before its rows.
    fn table(&self, table: &markdown::Table) -> String {
        table.span.of(self.text).trim_end().to_owned()
    }
}
