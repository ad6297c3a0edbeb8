//! What a Markdown text consists of, and where.
//!
//! An outline over pulldown-cmark: `CommonMark` with tables, task lists, strikethrough
//! and footnotes. Front matter is not read here: the caller says where Markdown begins.
//! Every span is an offset in the whole text, and every list is sorted by where its
//! members start. What a document ought to contain is decided elsewhere.

mod attributes;
mod fragments;
mod html;
pub mod lines;
mod links;
mod lists;
mod outline;
mod places;
mod slug;
#[cfg(test)]
mod tests;
mod words;

use baton_source::{Span, Spanned};

pub use attributes::{Attribute, attributes};
pub use fragments::fragments;
pub use outline::parse;
pub use slug::{anchors, slug};

/// The parts of one Markdown text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Markdown {
    /// The part of the text that is Markdown.
    pub body: Span,
    /// Headings, also those inside containers.
    pub headings: Vec<Heading>,
    /// Fenced and indented code blocks.
    pub fences: Vec<Fence>,
    /// Inline code, backticks included.
    pub codes: Vec<Span>,
    /// Links and images; an image inside a link comes after the link.
    pub links: Vec<Link>,
    /// Link reference definitions; of a repeated label only the first, which is the one that counts.
    pub definitions: Vec<Definition>,
    /// Tables.
    pub tables: Vec<Table>,
    /// HTML blocks and inline tags.
    pub html: Vec<Html>,
    /// HTML comments outside code.
    pub comments: Vec<Comment>,
    /// Opening `<details>` tags outside code and comments.
    pub details: Vec<Span>,
    /// List items; a nested item comes after the item that holds it.
    pub items: Vec<Item>,
    /// Lists; a nested list comes after the list that holds it.
    pub lists: Vec<List>,
    /// Paragraphs without their last line ending; the text of a tight list item is none.
    pub paragraphs: Vec<Span>,
    /// Block quotes.
    pub quotes: Vec<Span>,
    /// Emphasis and strong emphasis, markers included; what is nested comes later.
    pub emphases: Vec<Emphasis>,
    /// Lines that part sections, such as `---`.
    pub breaks: Vec<Span>,
    /// Definitions of footnotes.
    pub footnotes: Vec<Footnote>,
    /// Uses of defined footnotes.
    pub footnote_uses: Vec<Footnote>,
    /// What is written as a reference to a label that nothing defines.
    pub undefined: Vec<Undefined>,
    /// Runs of inline content: paragraphs, headings, cells and the text of tight list items.
    pub inlines: Vec<Span>,
    /// Text as written: no markers of emphasis, code, tags, escapes' backslashes.
    pub words: Vec<Words>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// The line, or the lines of a setext heading, without indentation and last line ending.
    pub span: Span,
    /// The text without hashes or underline; empty, but in its place, when there is none.
    pub text_span: Span,
    /// The source of the text, as written.
    pub raw: String,
    /// The text without markup; alternative texts of images are left out.
    pub text: String,
    /// Whether it begins with hashes; a setext heading is underlined.
    pub atx: bool,
    /// Whether it stands in no list, quote or footnote.
    pub top_level: bool,
}

/// A code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// From the opening fence, or the first character of indented code, to the end; the
    /// last line ending belongs to it unless a closing fence ends it.
    pub span: Span,
    /// The info string, escapes decoded; empty for indented code.
    pub info: String,
    /// The info string's place; empty, but in its place, when there is none.
    pub info_span: Span,
    /// From the first to the last character of the code, the prefixes of containers
    /// between its lines included.
    pub content: Span,
    /// The code without the prefixes of containers; lines end with LF.
    pub code: String,
    /// Whether it is fenced; otherwise it is indented.
    pub fenced: bool,
    /// Whether a closing fence ends it; `true` for indented code.
    pub closed: bool,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// All of it, brackets included.
    pub span: Span,
    /// Where it leads, escapes decoded.
    pub destination: String,
    /// The destination as written, without angle brackets; for a reference it stands
    /// in the definition.
    pub destination_span: Span,
    /// What stands between the brackets; the destination of an autolink.
    pub text_span: Span,
    /// The text without markup, or the alternative text of an image.
    pub text: String,
    /// How it is written.
    pub kind: LinkKind,
    /// Whether it is an image.
    pub image: bool,
}

/// The ways to write a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](destination)`.
    Inline,
    /// `[text][label]`, `[label][]` or `[label]`.
    Reference,
    /// `<scheme:rest>`.
    Autolink,
    /// `<name@host>`; the destination has no `mailto:`.
    Email,
}

/// A link reference definition: `[label]: destination`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// All of it, the title included.
    pub span: Span,
    /// The label as written.
    pub label: String,
    /// Where it leads, escapes decoded.
    pub destination: String,
    /// The destination as written, without angle brackets.
    pub destination_span: Span,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// All rows.
    pub span: Span,
    /// The first row.
    pub header: Vec<Cell>,
    /// The rows below the delimiter, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The content without surrounding blanks; empty, at the row's end, where a row has
    /// too few cells.
    pub span: Span,
    /// The content without markup, trimmed.
    pub text: String,
    /// The content as written, escaped pipes included.
    pub raw: String,
}

/// A block of HTML, or one inline tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html {
    /// All of it, without the last line ending.
    pub span: Span,
    /// Whether it is a block.
    pub block: bool,
}

/// Emphasis of one or two markers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Emphasis {
    /// All of it, markers included.
    pub span: Span,
    /// Whether the markers are doubled.
    pub strong: bool,
}

/// An HTML comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// All of it, `<!--` and `-->` included.
    pub span: Span,
    /// What stands between `<!--` and `-->`.
    pub content: Span,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// From the marker to the end, nested lists included, without blanks at the end.
    pub span: Span,
    /// Number of lists around the item's own list.
    pub depth: usize,
    /// Its own text without markup; code blocks and nested items are left out.
    pub text: String,
    /// Its number in an ordered list.
    pub number: Option<u64>,
    /// Whether its task is done; `None` when it is no task.
    pub task: Option<bool>,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// From its first marker to the end of its last text, code or the like.
    pub span: Span,
    /// Whether it is numbered.
    pub ordered: bool,
    /// Number of lists around it.
    pub depth: usize,
    /// For a list of bullets the number of such lists around it, counted up to the next quote;
    /// `None` for a numbered list and for lists in one.
    pub bullets: Option<usize>,
    /// Whether it stands in the definition of a footnote.
    pub in_footnote: bool,
    /// The markers of its items without the blanks behind them.
    pub markers: Vec<Span>,
}

/// The definition of a footnote, or a use of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// All of it.
    pub span: Span,
    /// The label without `^`.
    pub label: String,
}

/// A reference to a label that nothing defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undefined {
    /// All of it, brackets included.
    pub span: Span,
    /// The label.
    pub label: String,
    /// Whether it is only a label in brackets, which may be meant as text.
    pub shortcut: bool,
}

/// A run of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Where it stands.
    pub span: Span,
    /// Runs of one group stand in the same emphasis, the same link or the same block.
    pub group: u32,
    /// Whether it is the text of a link or of an image.
    pub in_link: bool,
}

impl Markdown {
    /// Level 1 headings outside containers.
    pub fn h1(&self) -> impl Iterator<Item = &Heading> {
        self.top_level(1)
    }

    /// Level 2 headings outside containers.
    pub fn h2(&self) -> impl Iterator<Item = &Heading> {
        self.top_level(2)
    }

    /// What belongs to a heading of this outline: from its end to the next heading of the
    /// same or a higher level, or to the end of the text.
    ///
    /// A heading inside a container does not end the section of one outside.
    pub fn section(&self, heading: &Heading) -> Span {
        let after = self
            .headings
            .partition_point(|other| other.span.start <= heading.span.start);
        // A heading has at most five levels above it, so asking for the section of every
        // heading walks the list a bounded number of times.
        let next = self
            .headings
            .iter()
            .skip(after)
            .filter(|other| other.top_level || !heading.top_level)
            .find(|other| other.level <= heading.level);
        Span {
            start: heading.span.end,
            end: next.map_or(self.body.end, |next| next.span.start),
        }
    }

    /// Whether an offset lies in a code block, fences included.
    pub fn is_code(&self, offset: u32) -> bool {
        holds(&self.fences, offset)
    }

    /// Whether an offset lies in inline code, backticks included.
    pub fn is_code_span(&self, offset: u32) -> bool {
        holds(&self.codes, offset)
    }

    /// Whether an offset lies in an HTML comment.
    pub fn is_comment(&self, offset: u32) -> bool {
        holds(&self.comments, offset)
    }

    fn top_level(&self, level: u8) -> impl Iterator<Item = &Heading> {
        self.headings
            .iter()
            .filter(move |heading| heading.top_level && heading.level == level)
    }
}

/// The members of one of the outline's lists that start in a span.
pub fn within<T: Spanned>(sorted: &[T], span: Span) -> &[T] {
    let from = sorted.partition_point(|one| one.span().start < span.start);
    let to = sorted.partition_point(|one| one.span().start < span.end);
    sorted.get(from..to).unwrap_or(&[])
}

/// Whether one of sorted, disjoint places holds an offset.
fn holds<T: Spanned>(sorted: &[T], offset: u32) -> bool {
    let after = sorted.partition_point(|one| one.span().start <= offset);
    let candidate = after.checked_sub(1).and_then(|index| sorted.get(index));
    candidate.is_some_and(|one| one.span().contains(offset))
}

macro_rules! spanned {
    ($($kind:ty),+) => {
        $(impl Spanned for $kind {
            fn span(&self) -> Span {
                self.span
            }
        })+
    };
}

spanned!(
    Heading, Fence, Link, Definition, Table, Cell, Html, Comment, Item, Emphasis, List, Footnote,
    Undefined, Words
);
