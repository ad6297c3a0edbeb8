//! From the parser's events to the outline.

use std::mem;

use baton_source::Span;
use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};

use super::links::{self, OpenLinks};
use super::lists::OpenLists;
use super::words::OpenWords;
use super::{Cell, Emphasis, Fence, Heading, Html, Item, Markdown, Table, html, places};

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES);

/// Reads the Markdown of `text` that begins at the byte offset `body`.
///
/// A byte order mark at the very start is skipped. An offset that is no place in the text
/// counts as its end.
pub fn parse(text: &str, body: usize) -> Markdown {
    let marked = body == 0 && text.starts_with('\u{feff}');
    let wanted = if marked { '\u{feff}'.len_utf8() } else { body };
    let (from, source) = text
        .get(wanted..)
        .map_or((text.len(), ""), |source| (wanted, source));
    let mut undefined = Vec::new();
    let note = |broken: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        undefined.push(links::undefined(text, &broken, from));
        None
    };
    let parser = Parser::new_with_broken_link_callback(source, OPTIONS, Some(note));
    let mut events = parser.into_offset_iter();
    let mut outline = Outline::new(text, from);
    outline.markdown.definitions = links::definitions(text, from, events.reference_definitions());
    while let Some((event, range)) = events.next() {
        let span = Span::new(range.start, range.end).shifted(from);
        match event {
            Event::Start(Tag::Link { ref id, .. } | Tag::Image { ref id, .. }) => {
                let start = events.reference_definitions().get(id);
                let start = start.map(|definition| definition.span.start + from);
                outline.open_link(&event, span, start);
            }
            Event::Start(tag) => outline.start(&tag, span),
            Event::End(tag) => outline.end(tag, span),
            other => outline.inline(&other, span),
        }
    }
    let mut markdown = outline.markdown;
    drop(events);
    markdown.undefined = links::sorted(undefined);
    markdown
}

/// An outline in the making.
struct Outline<'t> {
    text: &'t str,
    markdown: Markdown,
    /// Open quotes, items and footnotes.
    containers: usize,
    /// Open lists, with the number of the next item.
    lists: Vec<Option<u64>>,
    /// Open items, as indices.
    items: Vec<usize>,
    links: OpenLinks,
    open_lists: OpenLists,
    words: OpenWords,
    row: Vec<Cell>,
    row_span: Span,
    leaf: Leaf,
    /// The last white space found at the end of a block.
    blank: Span,
}

/// The open block that text belongs to besides list items.
#[derive(PartialEq)]
enum Leaf {
    None,
    Heading,
    Cell,
    Code,
}

impl<'t> Outline<'t> {
    fn new(text: &'t str, from: usize) -> Outline<'t> {
        Outline {
            text,
            markdown: Markdown {
                body: Span::new(from, text.len()),
                ..Markdown::default()
            },
            containers: 0,
            lists: Vec::new(),
            items: Vec::new(),
            links: OpenLinks::default(),
            open_lists: OpenLists::default(),
            words: OpenWords::default(),
            row: Vec::new(),
            row_span: Span::default(),
            leaf: Leaf::None,
            blank: Span::default(),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        self.open_lists
            .start(&mut self.markdown, self.text, (tag, span));
        self.words.start(&mut self.markdown, tag, span);
        match tag {
            Tag::Heading { level, .. } => self.open_heading(*level, span),
            Tag::CodeBlock(kind) => self.open_code(kind, span),
            Tag::Paragraph => {
                let span = places::without_line_end(self.text, span);
                self.markdown.paragraphs.push(span);
                self.separate();
            }
            Tag::BlockQuote(_) => {
                let span = self.without_blank_end(span);
                self.markdown.quotes.push(span);
                self.containers += 1;
            }
            Tag::FootnoteDefinition(_) => self.containers += 1,
            Tag::HtmlBlock => self.html(span, true),
            Tag::List(first) => self.lists.push(*first),
            Tag::Item => self.open_item(span),
            Tag::Table(_) => {
                let span = self.without_blank_end(span);
                self.markdown.tables.push(Table {
                    span,
                    header: Vec::new(),
                    rows: Vec::new(),
                });
            }
            Tag::TableHead | Tag::TableRow => {
                self.row_span = self.without_blank_end(span);
            }
            Tag::TableCell => self.open_cell(span),
            Tag::Emphasis | Tag::Strong => self.markdown.emphases.push(Emphasis {
                span,
                strong: *tag == Tag::Strong,
            }),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        self.open_lists
            .end(&mut self.markdown, self.text, (tag, span));
        self.words.end(tag);
        match tag {
            TagEnd::Heading(_) => {
                self.leaf = Leaf::None;
                if let Some(heading) = self.markdown.headings.last_mut() {
                    trim(&mut heading.text);
                }
            }
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => self.containers -= 1,
            TagEnd::List(_) => {
                self.lists.pop();
                self.separate();
            }
            TagEnd::Item => {
                self.containers -= 1;
                let closed = self.items.pop();
                if let Some(item) = closed.and_then(|index| self.markdown.items.get_mut(index)) {
                    trim(&mut item.text);
                }
            }
            TagEnd::TableCell => {
                self.leaf = Leaf::None;
                if let Some(cell) = self.row.last_mut() {
                    trim(&mut cell.text);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.close_row(tag),
            TagEnd::Link | TagEnd::Image => self.links.close(&mut self.markdown, self.text),
            _ => {}
        }
        self.links.reach(span);
    }

    fn inline(&mut self, event: &Event<'_>, span: Span) {
        self.open_lists.inline(self.text, event, span);
        if self.leaf != Leaf::Code {
            self.words.inline(&mut self.markdown, event, span);
        }
        match event {
            Event::Text(text) if self.leaf == Leaf::Code => self.code(text, span),
            Event::Text(text) => self.say(text),
            Event::Code(code) => {
                self.markdown.codes.push(span);
                self.say(code);
            }
            Event::InlineHtml(tag) => {
                self.html(span, false);
                let name = tag.get(..3).unwrap_or("");
                if name.eq_ignore_ascii_case("<br") {
                    self.say(" ");
                }
            }
            Event::SoftBreak | Event::HardBreak => self.say(" "),
            Event::Rule => {
                let span = places::without_line_end(self.text, span);
                self.markdown.breaks.push(span);
            }
            Event::TaskListMarker(done) => {
                if let Some(item) = self.item() {
                    item.task = Some(*done);
                }
            }
            _ => {}
        }
        self.links.reach(span);
    }

    /// Adds rendered text to everything open that has a text.
    fn say(&mut self, text: &str) {
        match self.leaf {
            Leaf::Heading if !self.links.in_image() => {
                if let Some(heading) = self.markdown.headings.last_mut() {
                    heading.text.push_str(text);
                }
            }
            Leaf::Cell => {
                if let Some(cell) = self.row.last_mut() {
                    cell.text.push_str(text);
                }
            }
            _ => {}
        }
        if let Some(item) = self.item() {
            item.text.push_str(text);
        }
        self.links.say(&mut self.markdown, text);
    }

    /// Keeps two blocks of one item apart.
    fn separate(&mut self) {
        if let Some(item) = self.item() {
            item.text.push(' ');
        }
    }

    fn item(&mut self) -> Option<&mut Item> {
        let index = self.items.last()?;
        self.markdown.items.get_mut(*index)
    }

    /// Opens a link or an image; `definition` is where the definition of its label starts.
    fn open_link(&mut self, event: &Event<'_>, span: Span, definition: Option<usize>) {
        let Event::Start(tag) = event else { return };
        self.words.start(&mut self.markdown, tag, span);
        let all = &self.markdown.definitions;
        let definition = definition.and_then(|start| links::definition_at(all, start));
        if let Some(link) = links::read(self.text, tag, span, definition) {
            self.links.open(&mut self.markdown, link);
        }
    }

    /// A block's span without white space at its end.
    ///
    /// Nested blocks end together, and the outermost comes first: looking again for each
    /// of them would cost the depth times the white space.
    fn without_blank_end(&mut self, span: Span) -> Span {
        if self.blank.end != span.end {
            let kept = places::without_blank_end(self.text, span);
            self.blank = Span {
                start: kept.end,
                end: span.end,
            };
        }
        Span {
            start: span.start,
            end: self.blank.start.max(span.start),
        }
    }

    fn open_heading(&mut self, level: HeadingLevel, span: Span) {
        let span = places::without_line_end(self.text, span);
        let (atx, text_span) = places::heading_text(self.text, span);
        self.separate();
        self.leaf = Leaf::Heading;
        self.markdown.headings.push(Heading {
            level: level as u8,
            span,
            text_span,
            raw: text_span.of(self.text).to_owned(),
            text: String::new(),
            atx,
            top_level: self.containers == 0,
        });
    }

    fn open_code(&mut self, kind: &CodeBlockKind<'_>, span: Span) {
        let (info, info_span, content) = match kind {
            CodeBlockKind::Fenced(info) => {
                let (info_span, content) = places::opening_line(self.text, span);
                (info.to_string(), info_span, content)
            }
            CodeBlockKind::Indented => {
                let start = span.start as usize;
                (String::new(), Span::at(start), start)
            }
        };
        self.leaf = Leaf::Code;
        self.markdown.fences.push(Fence {
            span,
            info,
            info_span,
            content: Span::at(content),
            code: String::new(),
            fenced: kind.is_fenced(),
            closed: true,
        });
    }

    fn code(&mut self, code: &str, span: Span) {
        let Some(fence) = self.markdown.fences.last_mut() else {
            return;
        };
        fence.content = if fence.code.is_empty() {
            span
        } else {
            fence.content.to(span)
        };
        fence.code.push_str(code);
    }

    fn close_code(&mut self) {
        self.leaf = Leaf::None;
        let Some(fence) = self.markdown.fences.last_mut() else {
            return;
        };
        if fence.fenced {
            fence.closed = places::is_closed(self.text, fence.span, fence.content.end as usize);
        }
    }

    fn open_item(&mut self, span: Span) {
        let number = self.lists.last().copied().flatten();
        if let Some(Some(next)) = self.lists.last_mut() {
            *next = next.saturating_add(1);
        }
        self.containers += 1;
        self.items.push(self.markdown.items.len());
        let span = self.without_blank_end(span);
        self.markdown.items.push(Item {
            span,
            depth: self.lists.len().saturating_sub(1),
            text: String::new(),
            number,
            task: None,
        });
    }

    fn open_cell(&mut self, span: Span) {
        let end = self.row_span.end;
        let inside = Span {
            start: span.start.min(end),
            end: span.end.min(end),
        };
        let span = places::trimmed(self.text, inside);
        self.separate();
        self.leaf = Leaf::Cell;
        self.row.push(Cell {
            span,
            text: String::new(),
            raw: span.of(self.text).to_owned(),
        });
    }

    fn close_row(&mut self, tag: TagEnd) {
        let row = mem::take(&mut self.row);
        let Some(table) = self.markdown.tables.last_mut() else {
            return;
        };
        if tag == TagEnd::TableHead {
            table.header = row;
        } else {
            table.rows.push(row);
        }
    }

    fn html(&mut self, span: Span, block: bool) {
        let span = places::without_line_end(self.text, span);
        self.markdown.html.push(Html { span, block });
        html::read(self.text, span, &mut self.markdown);
    }
}

fn trim(text: &mut String) {
    text.truncate(text.trim_end().len());
    let blank = text.len() - text.trim_start().len();
    text.drain(..blank);
}
