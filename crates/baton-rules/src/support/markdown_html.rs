//! What stands inside blocks of HTML, where markdownlint looks for Markdown again.

use baton_source::Span;
use baton_syntax::markdown::{self, Html, Markdown};

use crate::support::markdown::{Lint, container_prefix};

/// Keeps a line from beginning a block of HTML, and has no other meaning.
const JOINER: char = '\u{2060}';

/// Whether a character was put there to keep a tag from beginning a block.
pub(crate) fn is_joiner(mark: char) -> bool {
    mark == JOINER
}

/// A block of HTML read as if it were none.
pub(crate) struct Inner {
    /// What the block consists of; its places are asked of [`Inner::place`].
    pub(crate) outline: Markdown,
    /// The text that was read.
    pub(crate) text: String,
    /// Where parts of that text stand in the file, as pairs of offsets.
    parts: Vec<(u32, u32)>,
}

impl Inner {
    /// Reads all lines of a block.
    pub(crate) fn of(lint: &Lint<'_>, html: &Html) -> Inner {
        let lines = lint.all_lines();
        let first = lines.at(html.span.start);
        let first = first.map_or(html.span.start, |line| line.span.start);
        let mut inner = Inner {
            outline: Markdown::default(),
            text: String::new(),
            parts: Vec::new(),
        };
        let whole = Span {
            start: first,
            end: html.span.end,
        };
        let mut at = first;
        for line in whole.of(lint.text).split_inclusive('\n') {
            inner.add(line, at);
            at += u32::try_from(line.len()).unwrap_or(0);
        }
        inner.outline = markdown::parse(&inner.text, 0);
        inner
    }

    /// Where something that was read stands in the file.
    pub(crate) fn place(&self, span: Span) -> Span {
        let start = self.offset(span.start);
        Span {
            start,
            end: self.offset(span.end).max(start),
        }
    }

    fn offset(&self, read: u32) -> u32 {
        let after = self.parts.partition_point(|(from, _)| *from <= read);
        let part = after.checked_sub(1).and_then(|at| self.parts.get(at));
        part.map_or(read, |(from, to)| to + (read - from))
    }

    /// Adds a line: indentation makes no code of it, and a tag no block.
    fn add(&mut self, line: &str, at: u32) {
        let prefix = container_prefix(line);
        let marks = prefix.trim_end_matches([' ', '\t']);
        let blanks = prefix.get(marks.len()..).unwrap_or("");
        let rest = line.get(prefix.len()..).unwrap_or("");
        let kept = blanks.len().min(3);
        self.push(line.get(..marks.len() + kept).unwrap_or(""), at);
        if rest.starts_with('<') {
            self.text.push(JOINER);
        }
        self.push(rest, at + u32::try_from(prefix.len()).unwrap_or(0));
    }

    fn push(&mut self, text: &str, at: u32) {
        let read = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.parts.push((read, at));
        self.text.push_str(text);
    }
}

/// The name of the element that a tag begins or ends, as written, and whether it ends it.
pub(crate) fn element(tag: &str) -> Option<(&str, bool)> {
    let inner = tag.strip_prefix('<')?;
    let (inner, closes) = match inner.strip_prefix('/') {
        Some(inner) => (inner, true),
        None => (inner, false),
    };
    let end = inner.find(|mark: char| mark == '/' || mark == '>' || mark.is_whitespace());
    let name = inner.get(..end.unwrap_or(inner.len()))?;
    let declaration = name.starts_with(['!', '>']) || (name.is_empty() && !closes);
    (!declaration).then_some((name, closes))
}
