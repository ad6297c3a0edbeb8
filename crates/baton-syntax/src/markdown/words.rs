//! Text inside lines as it stands in the source, and what it belongs to.

use baton_source::Span;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Footnote, Markdown, Words};

/// What is open while the text inside lines is read.
#[derive(Default)]
pub(super) struct OpenWords {
    open: Vec<Group>,
    next: u32,
    /// Whether the next thing belongs to the last entry of `inlines`.
    joined: bool,
}

#[derive(Clone, Copy)]
struct Group {
    number: u32,
    in_link: bool,
}

impl OpenWords {
    /// Notes that a block or something inside a line begins.
    pub(super) fn start(&mut self, markdown: &mut Markdown, tag: &Tag<'_>, span: Span) {
        let around = self.innermost();
        let number = self.fresh();
        let group = match tag {
            Tag::Emphasis | Tag::Strong => Group { number, ..around },
            Tag::Strikethrough => around,
            Tag::Link { .. } | Tag::Image { .. } => Group {
                number,
                in_link: true,
            },
            _ => {
                self.joined = false;
                self.open.push(Group {
                    number,
                    in_link: false,
                });
                return;
            }
        };
        self.touch(markdown, span);
        self.open.push(group);
    }

    /// Notes that a block or something inside a line ends.
    pub(super) fn end(&mut self, tag: TagEnd) {
        self.open.pop();
        let inside = matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        );
        if !inside {
            // What follows in a list item is another paragraph.
            self.joined = false;
            let number = self.fresh();
            if let Some(group) = self.open.last_mut() {
                group.number = number;
            }
        }
    }

    /// Notes something that neither begins nor ends anything.
    pub(super) fn inline(&mut self, markdown: &mut Markdown, event: &Event<'_>, span: Span) {
        match event {
            Event::Html(_) => {}
            Event::Rule => self.joined = false,
            Event::Text(_) => {
                self.touch(markdown, span);
                let Group { number, in_link } = self.innermost();
                match markdown.words.last_mut() {
                    Some(last) if last.group == number && last.span.end == span.start => {
                        last.span = last.span.to(span);
                    }
                    _ => markdown.words.push(Words {
                        span,
                        group: number,
                        in_link,
                    }),
                }
            }
            Event::FootnoteReference(label) => {
                self.touch(markdown, span);
                markdown.footnote_uses.push(Footnote {
                    span,
                    label: label.to_string(),
                });
            }
            _ => self.touch(markdown, span),
        }
    }

    fn innermost(&self) -> Group {
        self.open.last().copied().unwrap_or(Group {
            number: 0,
            in_link: false,
        })
    }

    fn fresh(&mut self) -> u32 {
        self.next = self.next.saturating_add(1);
        self.next
    }

    /// Makes the current run of inline content reach over a span.
    fn touch(&mut self, markdown: &mut Markdown, span: Span) {
        match markdown.inlines.last_mut() {
            Some(last) if self.joined => *last = last.to(span),
            _ => markdown.inlines.push(span),
        }
        self.joined = true;
    }
}
