//! How much of a line's beginning belongs to the quotes and list items around a block.

use baton_source::{Span, Spanned};
use baton_syntax::markdown::lines::Line;

use crate::support::markdown::Lint;

/// The most blanks behind the marker of a list item that belong to the item.
const MOST_BLANKS: usize = 4;

/// How far what belongs to a footnote is indented.
const FOOTNOTE: usize = 4;

/// An open quote, list item or footnote.
struct Container {
    end: u32,
    /// How far its content is indented; `None` for a quote.
    width: Option<usize>,
}

/// A container before it is opened.
#[derive(Clone, Copy)]
struct Start {
    span: Span,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Quote,
    Item,
    Footnote,
}

/// The containers that are open while one goes down the text.
pub(crate) struct Containers<'l, 'a> {
    lint: &'l Lint<'a>,
    starts: std::iter::Peekable<std::vec::IntoIter<Start>>,
    open: Vec<Container>,
}

impl<'l, 'a> Containers<'l, 'a> {
    /// At the beginning of the text.
    pub(crate) fn new(lint: &'l Lint<'a>) -> Containers<'l, 'a> {
        let outline = lint.outline();
        let start = |span, kind| Start { span, kind };
        let items = outline.items.iter();
        let items = items.map(|item| start(item.span, Kind::Item));
        let quotes = outline.quotes.iter();
        let quotes = quotes.map(|quote| start(*quote, Kind::Quote));
        let footnotes = outline.footnotes.iter();
        let footnotes = footnotes.map(|one| start(one.span, Kind::Footnote));
        let mut starts: Vec<Start> = items.chain(quotes).chain(footnotes).collect();
        starts.sort_by_key(|one| (one.span.start, std::cmp::Reverse(one.span.end)));
        Containers {
            lint,
            starts: starts.into_iter().peekable(),
            open: Vec::new(),
        }
    }

    /// The blanks before a block that no container asks for; to be asked from top to bottom.
    pub(crate) fn indentation(&mut self, block: &impl Spanned) -> Span {
        let at = block.span().start;
        while let Some(next) = self.starts.next_if(|next| next.span.start < at) {
            self.open(next);
        }
        self.close(at);
        self.blanks(at)
    }

    /// Whether a container is open.
    pub(crate) fn is_inside(&self) -> bool {
        !self.open.is_empty()
    }

    fn close(&mut self, at: u32) {
        self.open.retain(|one| one.end > at);
    }

    fn open(&mut self, start: Start) {
        self.close(start.span.start);
        let width = match start.kind {
            Kind::Quote => None,
            Kind::Footnote => Some(FOOTNOTE),
            Kind::Item => {
                let blanks = self.blanks(start.span.start).len();
                Some(blanks + marker(start.span.of(self.lint.text)))
            }
        };
        self.open.push(Container {
            end: start.span.end,
            width,
        });
    }

    /// The blanks before an offset that none of the open containers asks for.
    fn blanks(&self, at: u32) -> Span {
        let line = self.lint.all_lines().at(at);
        let prefix = line.map_or(Span::at(at as usize), |line| before(line, at));
        let text = prefix.of(self.lint.text);
        let mut left = text;
        for container in &self.open {
            left = match container.width {
                None => behind_quote(left),
                Some(width) => behind_item(left, width),
            };
        }
        let blanks = left.len() - left.trim_end_matches([' ', '\t']).len();
        Span::new(at as usize - blanks, at as usize)
    }
}

/// What stands on a line before an offset.
fn before(line: &Line, at: u32) -> Span {
    Span {
        start: line.span.start.min(at),
        end: at,
    }
}

/// What is left of a line's beginning behind the mark of a quote.
fn behind_quote(text: &str) -> &str {
    let Some(rest) = text.trim_start_matches([' ', '\t']).strip_prefix('>') else {
        return text;
    };
    rest.strip_prefix([' ', '\t']).unwrap_or(rest)
}

/// What is left of a line's beginning behind the indentation, or the marker, of a list item.
fn behind_item(text: &str, width: usize) -> &str {
    let mut column = 0;
    for (at, mark) in text.char_indices() {
        if column >= width {
            return text.get(at..).unwrap_or("");
        }
        column += if mark == '\t' { 4 - column % 4 } else { 1 };
    }
    ""
}

/// How wide the marker of an item is, with the blanks that belong to it.
fn marker(item: &str) -> usize {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let rest = item.get(digits + 1..).unwrap_or("");
    let line = rest.split(['\n', '\r']).next().unwrap_or("");
    let text = line.trim_start_matches([' ', '\t']);
    let blanks = line.len() - text.len();
    let own = if text.is_empty() || !(1..=MOST_BLANKS).contains(&blanks) {
        1
    } else {
        blanks
    };
    digits + 1 + own
}

/// What stands between lines such as `:::note` and `:::`, those lines included.
pub(crate) fn directives(lint: &Lint<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    if !lint.body().of(lint.text).contains(":::") {
        return found;
    }
    let mut open: Vec<(usize, u32)> = Vec::new();
    for line in lint.lines() {
        let text = lint.line_text(line).trim_start_matches(' ');
        let rest = text.trim_start_matches(':');
        let marks = text.len() - rest.len();
        if marks < 3 || line.is_code() || line.is_fence() {
            continue;
        }
        if rest.starts_with(char::is_alphanumeric) {
            open.push((marks, line.span.start));
        } else if rest.trim().is_empty() {
            let Some((_, start)) = open.pop_if(|(opened, _)| *opened <= marks) else {
                continue;
            };
            let end = line.span.end;
            found.push(Span { start, end });
        }
    }
    let end = lint.body().end;
    found.extend(open.into_iter().map(|(_, start)| Span { start, end }));
    found
}
