//! The evidence that governance constraints were discovered.

use baton_source::Span;

use crate::support::artifacts::{alike, h2, of_artifact};
use crate::{Ctx, File};

/// The heading of the discovery section of governance constraints, and what stands below it.
pub(crate) fn discovery(ctx: &Ctx<'_>, file: &File) -> Option<(Span, Span)> {
    let contract = of_artifact(ctx, file)?;
    if contract.kind.name != "04-governance-constraints.md" {
        return None;
    }
    let found = h2(ctx, file);
    let at = found
        .iter()
        .position(|heading| alike(heading.text, "Discovery Source"))?;
    let heading = found.get(at)?.text_span();
    let next = found.get(at + 1).map(|next| next.text_span().start);
    let section = Span {
        start: heading.end,
        end: next.map_or(file.body().end, |next| next.saturating_sub(3)),
    };
    Some((heading, section))
}

/// Whether a text says how many policies, tags or constraints were discovered.
pub(crate) fn has_count(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let is_thing = |word: &str| ["policies", "tags", "constraints"].contains(&word);
    words.windows(3).any(|words| match words {
        [count, thing, done] => {
            count.ends_with(|c: char| c.is_ascii_digit())
                && is_thing(thing)
                && done.starts_with("discovered")
        }
        _ => false,
    })
}

/// Whether a text holds a date such as `2026-01-31` or a time such as `T12:00`.
pub(crate) fn has_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shaped = |shape: &[u8]| {
        bytes.windows(shape.len()).any(|part| {
            let mut pairs = part.iter().zip(shape);
            pairs.all(|(byte, wanted)| match wanted {
                b'0' => byte.is_ascii_digit(),
                wanted => byte.eq_ignore_ascii_case(wanted),
            })
        })
    };
    shaped(b"0000-00-00") || shaped(b"T00:00")
}
