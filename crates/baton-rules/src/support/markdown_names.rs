//! Where names are looked for in Markdown: in text, code and tags, not in destinations.

use baton_source::{Span, Spanned};
use baton_syntax::markdown::{self, Fence, Markdown};

use crate::support::markdown_addresses::{bare_addresses_of, may_hold};

/// How many emphases before a name are asked whether they hold it.
const NEAR: usize = 4;

/// What of a text is looked at.
pub(crate) struct Wanted {
    pub(crate) code: bool,
    pub(crate) tags: bool,
}

/// A text that names are looked for in.
pub(crate) struct Scan<'t> {
    text: &'t str,
    outline: &'t Markdown,
    addresses: Vec<Span>,
}

/// A piece of a text in which a name stands.
pub(crate) struct Piece {
    pub(crate) span: Span,
    /// Whether what stands there means something to a machine.
    pub(crate) code: bool,
    /// Whether `*` and `_` part words in it, which they do unless they are inside emphasis.
    parted: bool,
}

impl<'t> Scan<'t> {
    /// Of a text and its outline.
    pub(crate) fn new(text: &'t str, outline: &'t Markdown) -> Scan<'t> {
        Scan {
            text,
            outline,
            addresses: bare_addresses_of(text, outline),
        }
    }

    /// The piece in which something stands, if it is looked at and is no part of an address.
    pub(crate) fn piece(&self, name: Span, wanted: &Wanted) -> Option<Piece> {
        if let Some(words) = holder(&self.outline.words, name) {
            let free = if words.in_link {
                !Self::is_behind_address(words.span.of(self.text), name.end - words.span.start)
            } else {
                let mut addresses = self.addresses.iter();
                !addresses.any(|one| one.start < name.end && name.start < one.end)
            };
            let free = free && !is_in_directive(self.text, words.span, name);
            return free.then_some(Piece {
                span: words.span,
                code: false,
                parted: !words.in_link && !self.is_emphasised(name),
            });
        }
        if let Some(code) = holder(&self.outline.codes, name) {
            let before = name.end - code.start;
            let free = wanted.code && !Self::is_behind_address(code.of(self.text), before);
            return free.then(|| machine(*code));
        }
        if let Some(fence) = holder(&self.outline.fences, name) {
            return self.of_fence(fence, name).filter(|_| wanted.code);
        }
        let html = holder(&self.outline.html, name).filter(|_| wanted.tags)?;
        if !html.block {
            return Some(machine(html.span));
        }
        let line = line_of(self.text, html.span, name);
        let comment = html.span.of(self.text).starts_with("<!--");
        let free = comment && !Self::is_behind_address(line.of(self.text), name.end - line.start);
        free.then(|| machine(line))
    }

    fn is_emphasised(&self, name: Span) -> bool {
        let emphases = &self.outline.emphases;
        let before = emphases.partition_point(|one| one.span.start < name.start);
        let mut near = emphases.iter().take(before).rev().take(NEAR);
        near.any(|one| one.span.end > name.start)
    }

    /// A line of code, unless it is the one that opens the fence.
    fn of_fence(&self, fence: &Fence, name: Span) -> Option<Piece> {
        let before = Span {
            start: fence.span.start,
            end: name.start,
        };
        let above = before.of(self.text);
        let line = above.matches('\n').count();
        let number = if fence.fenced {
            line.checked_sub(1)?
        } else {
            line
        };
        let span = line_of(self.text, fence.span, name);
        if may_hold(span.of(self.text)) {
            let code = fence.code.split('\n').nth(number).unwrap_or("");
            let cut = u32::try_from(span.len().saturating_sub(code.len())).unwrap_or(0);
            let end = (name.end - span.start).saturating_sub(cut);
            if Self::is_behind_address(code, end) {
                return None;
            }
        }
        Some(machine(span))
    }

    /// Whether an address begins before an offset of a piece.
    fn is_behind_address(piece: &str, end: u32) -> bool {
        if !may_hold(piece) {
            return false;
        }
        let outline = markdown::parse(piece.trim_matches('`'), 0);
        let cut = piece.len() - piece.trim_start_matches('`').len();
        let addresses = bare_addresses_of(piece.trim_matches('`'), &outline);
        addresses
            .iter()
            .any(|one| one.start as usize + cut < end as usize)
    }
}

/// A piece of code or a tag.
fn machine(span: Span) -> Piece {
    Piece {
        span,
        code: true,
        parted: false,
    }
}

/// The line of a block on which something stands.
fn line_of(text: &str, block: Span, name: Span) -> Span {
    let before = Span {
        start: block.start,
        end: name.start,
    };
    let start = before.of(text).rfind('\n').map_or(0, |at| at + 1);
    let rest = Span {
        start: name.start,
        end: block.end,
    };
    let rest = rest.of(text).split('\n').next().unwrap_or("").len();
    Span::new(before.start as usize + start, name.start as usize + rest)
}

/// Whether something is the name of a directive, or part of it.
fn is_in_directive(text: &str, words: Span, name: Span) -> bool {
    let before = Span {
        start: words.start,
        end: name.start,
    };
    let before = before.of(text);
    let sign = |mark: char| !mark.is_alphanumeric() && !"-_".contains(mark);
    let word = before.trim_end_matches(|mark| !sign(mark));
    let Some(rest) = word.strip_suffix(':') else {
        return false;
    };
    let from = Span {
        start: words.start + u32::try_from(word.len()).unwrap_or(0),
        end: words.end,
    };
    !rest.ends_with(':') && is_directive(from.of(text))
}

/// The last of sorted things that begins before a span, if it holds it.
fn holder<T: Spanned>(sorted: &[T], span: Span) -> Option<&T> {
    let after = sorted.partition_point(|one| one.span().start <= span.start);
    let found = sorted.get(after.checked_sub(1)?)?;
    (found.span().end >= span.end).then_some(found)
}

/// Whether a name stands in a piece as a word of its own; underscores around it are nothing.
pub(crate) fn is_word(text: &str, piece: &Piece, name: Span) -> bool {
    let own = name.of(text);
    let before = Span {
        start: piece.span.start,
        end: name.start,
    };
    let after = Span {
        start: name.end,
        end: piece.span.end,
    };
    let (before, after) = (before.of(text), after.of(text));
    let (begins, ends) = if piece.parted {
        let parts = |mark: char| mark == '_';
        (
            before.ends_with(is_letter) && !before.ends_with(parts),
            after.starts_with(is_letter) && !after.starts_with(parts),
        )
    } else {
        let before = before.trim_end_matches('_');
        let after = after.trim_start_matches('_');
        (before.ends_with(is_letter), after.starts_with(is_letter))
    };
    let begins = begins && own.starts_with(is_letter);
    let ends = ends && own.ends_with(is_letter);
    !begins && !ends
}

fn is_letter(mark: char) -> bool {
    mark.is_ascii_alphanumeric() || mark == '_'
}

/// Whether a text that follows a colon begins with the name of a directive.
pub(crate) fn is_directive(text: &str) -> bool {
    let sign = |mark: char| !mark.is_alphanumeric();
    let end = text.find(|mark: char| sign(mark) && !"-_".contains(mark));
    let (name, rest) = text.split_at(end.unwrap_or(text.len()));
    name.starts_with(|mark| !sign(mark)) && !name.ends_with(['-', '_']) && !rest.starts_with(':')
}
