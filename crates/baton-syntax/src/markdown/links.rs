//! Links and images, from their events to their places.

use baton_source::Span;
use pulldown_cmark::{BrokenLink, LinkType, RefDefs, Tag};

use super::{Definition, Link, LinkKind, Markdown, Undefined, places};

/// How many links and images around a text learn of it. Images nest without limit, and
/// telling them all would cost the square of the depth.
const TOLD: usize = 16;

/// The links and images whose text is being read, the innermost last.
#[derive(Default)]
pub(super) struct OpenLinks {
    open: Vec<OpenLink>,
    images: usize,
}

struct OpenLink {
    index: usize,
    /// End of the last thing in the text of the link.
    text_end: u32,
}

impl OpenLinks {
    /// Adds a link whose text follows.
    pub(super) fn open(&mut self, markdown: &mut Markdown, link: Link) {
        self.images += usize::from(link.image);
        self.open.push(OpenLink {
            index: markdown.links.len(),
            text_end: link.span.start + 1 + u32::from(link.image),
        });
        markdown.links.push(link);
    }

    /// Ends the innermost link: now it is known where its destination stands.
    pub(super) fn close(&mut self, markdown: &mut Markdown, text: &str) {
        let Some(open) = self.open.pop() else { return };
        let Some(link) = markdown.links.get_mut(open.index) else {
            return;
        };
        self.images -= usize::from(link.image);
        if matches!(link.kind, LinkKind::Inline | LinkKind::Reference) {
            let start = link.span.start + 1 + u32::from(link.image);
            let end = places::text_end(text, link.span, open.text_end);
            link.text_span = Span {
                start,
                end: end.max(start),
            };
        }
        if link.kind == LinkKind::Inline {
            link.destination_span = places::link_destination(text, link.span, open.text_end);
        }
    }

    /// Adds rendered text.
    pub(super) fn say(&self, markdown: &mut Markdown, text: &str) {
        for open in self.open.iter().rev().take(TOLD) {
            if let Some(link) = markdown.links.get_mut(open.index) {
                link.text.push_str(text);
            }
        }
    }

    /// Notes that the text of the innermost link reaches to the end of `span`.
    pub(super) fn reach(&mut self, span: Span) {
        if let Some(open) = self.open.last_mut() {
            open.text_end = open.text_end.max(span.end);
        }
    }

    /// Whether what is read now is the alternative text of an image.
    pub(super) fn in_image(&self) -> bool {
        self.images > 0
    }
}

/// The link or image that a tag opens; `definition` is the one its label names.
pub(super) fn read(
    text: &str,
    tag: &Tag<'_>,
    span: Span,
    definition: Option<&Definition>,
) -> Option<Link> {
    let (link_type, destination, image) = match tag {
        Tag::Link {
            link_type,
            dest_url,
            ..
        } => (*link_type, dest_url, false),
        Tag::Image {
            link_type,
            dest_url,
            ..
        } => (*link_type, dest_url, true),
        _ => return None,
    };
    let mut link = Link {
        span,
        destination: destination.to_string(),
        destination_span: span,
        text_span: span,
        text: String::new(),
        kind: LinkKind::Inline,
        image,
    };
    match link_type {
        LinkType::Inline | LinkType::WikiLink { .. } => {}
        LinkType::Autolink | LinkType::Email => {
            let email = link_type == LinkType::Email;
            link.kind = if email {
                LinkKind::Email
            } else {
                LinkKind::Autolink
            };
            link.destination_span = Span::new(span.start as usize + 1, span.end as usize - 1);
            link.text_span = link.destination_span;
        }
        _ => {
            link.kind = LinkKind::Reference;
            link.destination_span = definition.map_or(span, |found| found.destination_span);
            // The parser leaves the empty brackets of `[label][]` out.
            let tail = Span::new(span.end as usize, span.end as usize + 2);
            if link_type == LinkType::Collapsed && tail.of(text) == "[]" {
                link.span = span.to(tail);
            }
        }
    }
    Some(link)
}

/// The definitions the parser found in the text from `from` on.
pub(super) fn definitions(text: &str, from: usize, found: &RefDefs<'_>) -> Vec<Definition> {
    let mut sorted: Vec<Definition> = found
        .iter()
        .map(|(label, definition)| {
            let span = Span::new(definition.span.start, definition.span.end).shifted(from);
            Definition {
                span: places::without_blank_end(text, span),
                label: label.to_owned(),
                destination: definition.dest.to_string(),
                destination_span: places::definition_destination(text, span),
            }
        })
        .collect();
    sorted.sort_by_key(|definition| definition.span);
    sorted
}

/// A reference the parser found no definition for.
pub(super) fn undefined(text: &str, broken: &BrokenLink<'_>, from: usize) -> Undefined {
    let mut span = Span::new(broken.span.start, broken.span.end).shifted(from);
    let tail = Span::new(span.end as usize, span.end as usize + 2);
    if broken.link_type == LinkType::Collapsed && tail.of(text) == "[]" {
        span = span.to(tail);
    }
    let shortcut = matches!(
        broken.link_type,
        LinkType::Shortcut | LinkType::ShortcutUnknown
    );
    Undefined {
        span,
        label: broken.reference.to_string(),
        shortcut,
    }
}

/// References to nothing in their order, each once.
pub(super) fn sorted(mut undefined: Vec<Undefined>) -> Vec<Undefined> {
    undefined.sort_by_key(|one| one.span);
    undefined.dedup();
    undefined
}

/// The definition that starts at an offset.
pub(super) fn definition_at(sorted: &[Definition], start: usize) -> Option<&Definition> {
    let found = sorted.binary_search_by_key(&start, |one| one.span.start as usize);
    found.ok().and_then(|index| sorted.get(index))
}
