//! Lines as they may be shown: secrets are covered, whoever found them.

use std::borrow::Cow;

use baton_secrets::{cover, scan};
use baton_source::Span;

/// Bytes on either side of the place that are searched for secrets; far more than is shown.
const AROUND: usize = 4_000;

/// A line without the hidden places and without what looks like a secret; every other byte stays
/// where it is.
pub(super) fn line<'a>(
    (line, start): (&'a str, u32),
    focus: usize,
    hidden: &[Span],
) -> Cow<'a, str> {
    let end = Span::new(0, line.len()).shifted(start as usize).end;
    let here = hidden
        .iter()
        .filter(|span| span.start < end && span.end > start);
    let relative = |span: &Span| Span {
        start: span.start.saturating_sub(start),
        end: span.end.saturating_sub(start),
    };
    let mut ranges: Vec<Span> = here.map(relative).collect();
    let (from, to) = (focus.saturating_sub(AROUND), focus.saturating_add(AROUND));
    let from = line.floor_char_boundary(from);
    let to = line.ceil_char_boundary(to);
    let near = Span::new(from, to).of(line);
    ranges.extend(scan(near).iter().map(|secret| secret.span.shifted(from)));
    if ranges.is_empty() {
        Cow::Borrowed(line)
    } else {
        Cow::Owned(cover(line, &ranges))
    }
}
