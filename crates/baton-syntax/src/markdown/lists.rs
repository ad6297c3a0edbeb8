//! Lists: where they stand, and the markers of their items.

use baton_source::{Span, Spanned};
use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Footnote, List, Markdown, places};

/// The containers that are open while a text is read.
#[derive(Default)]
pub(super) struct OpenLists {
    holders: Vec<Holder>,
    footnotes: usize,
    depth: usize,
    /// End of the last thing that is no container.
    reached: u32,
}

/// What decides how deep a list stands.
enum Holder {
    Quote,
    List(usize),
}

impl OpenLists {
    /// Notes that a block or something inside a line begins.
    pub(super) fn start(
        &mut self,
        markdown: &mut Markdown,
        text: &str,
        (tag, span): (&Tag<'_>, Span),
    ) {
        match tag {
            Tag::BlockQuote(_) => self.holders.push(Holder::Quote),
            Tag::FootnoteDefinition(label) => {
                self.footnotes += 1;
                markdown.footnotes.push(Footnote {
                    span,
                    label: label.to_string(),
                });
            }
            Tag::List(first) => self.open(markdown, span, first.is_some()),
            Tag::Item => self.mark(markdown, text, span),
            _ => {}
        }
    }

    /// Notes that a block or something inside a line ends.
    pub(super) fn end(&mut self, markdown: &mut Markdown, text: &str, (tag, span): (TagEnd, Span)) {
        match tag {
            TagEnd::BlockQuote(_) => {
                self.holders.pop();
            }
            TagEnd::FootnoteDefinition => self.footnotes -= 1,
            TagEnd::List(_) => self.close(markdown, text, span),
            TagEnd::Item => {}
            _ => self.reach(text, span),
        }
    }

    /// Notes something that neither begins nor ends anything.
    pub(super) fn inline(&mut self, text: &str, event: &Event<'_>, span: Span) {
        if !matches!(event, Event::SoftBreak | Event::HardBreak) {
            self.reach(text, span);
        }
    }

    fn reach(&mut self, text: &str, span: Span) {
        let span = places::without_line_end(text, span);
        self.reached = self.reached.max(span.end);
    }

    fn open(&mut self, markdown: &mut Markdown, span: Span, ordered: bool) {
        let bullets = match self.holders.last() {
            _ if ordered => None,
            None | Some(Holder::Quote) => Some(0),
            Some(Holder::List(index)) => markdown
                .lists
                .get(*index)
                .and_then(|list| list.bullets)
                .map(|around| around + 1),
        };
        self.holders.push(Holder::List(markdown.lists.len()));
        markdown.lists.push(List {
            span,
            ordered,
            depth: self.depth,
            bullets,
            in_footnote: self.footnotes > 0,
            markers: Vec::new(),
        });
        self.depth += 1;
    }

    /// Adds the marker of an item to the innermost list.
    fn mark(&mut self, markdown: &mut Markdown, text: &str, span: Span) {
        let Some(Holder::List(index)) = self.holders.last() else {
            return;
        };
        let Some(list) = markdown.lists.get_mut(*index) else {
            return;
        };
        let source = span.of(text);
        // Behind a tab the parser's span may begin at the end of the line before.
        let shown = source.trim_start_matches([' ', '\t', '\n', '\r']);
        let digits = shown.bytes().take_while(u8::is_ascii_digit).count();
        let start = span.start as usize + source.len() - shown.len();
        let marker = Span::new(start, start + digits + 1);
        if list.markers.is_empty() {
            list.span.start = marker.start;
        }
        list.markers.push(marker);
        self.reached = self.reached.max(marker.end);
    }

    fn close(&mut self, markdown: &mut Markdown, text: &str, span: Span) {
        self.depth -= 1;
        let Some(Holder::List(index)) = self.holders.pop() else {
            return;
        };
        let Some(list) = markdown.lists.get_mut(index) else {
            return;
        };
        // Definitions have no events, and one that is not indented follows the list.
        let after = markdown
            .definitions
            .partition_point(|one| one.span().start < span.end);
        let defined = after.checked_sub(1);
        let defined = defined.and_then(|at| markdown.definitions.get(at));
        let marker = list.markers.first().map_or(0, |marker| marker.len());
        let column = column(text, list.span.start) + marker;
        let inside = defined.filter(|one| self::column(text, one.span.start) > column);
        let defined = inside.map_or(0, |one| one.span.end.min(span.end));
        list.span.end = self.reached.max(defined).max(list.span.start);
    }
}

/// The number of bytes between the beginning of a line and an offset.
fn column(text: &str, offset: u32) -> usize {
    let before = Span {
        start: 0,
        end: offset,
    };
    let before = before.of(text);
    before.len() - before.rfind('\n').map_or(0, |end| end + 1)
}
