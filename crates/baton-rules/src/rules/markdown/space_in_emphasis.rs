//! Markers of emphasis touch the text they emphasize.

use std::collections::BTreeMap;

use baton_source::{Applicability, Span};

use crate::support::markdown::Lint;
use crate::support::markdown_inline::report_extra_blanks;
use crate::support::markdown_math::Math;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// The longest run that marks emphasis.
const LONGEST: usize = 3;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD037") else {
        return;
    };
    let mut bare: BTreeMap<(u32, &str), Vec<Span>> = BTreeMap::new();
    let math = Math::new(&lint);
    for words in &lint.outline().words {
        let markers = markers(&lint, words.span).into_iter();
        for marker in markers.filter(|marker| !math.holds(marker.start)) {
            let key = (words.group, marker.of(lint.text));
            bare.entry(key).or_default().push(marker);
        }
    }
    for pairs in bare.values() {
        for pair in pairs.chunks_exact(2) {
            let [open, close] = *pair else { continue };
            judge(&lint, out, (open, close));
        }
    }
}

/// The runs of asterisks and underscores in a text that mark nothing.
fn markers(lint: &Lint<'_>, words: Span) -> Vec<Span> {
    let source = words.of(lint.text).as_bytes();
    let before = lint.text.as_bytes().get(..words.start as usize);
    let escaped = before.is_some_and(|before| before.ends_with(b"\\"));
    let mut found = Vec::new();
    let mut at = usize::from(escaped);
    while let Some(byte) = source.get(at) {
        if !matches!(byte, b'*' | b'_') {
            at += 1;
            continue;
        }
        let rest = source.get(at..).unwrap_or(&[]);
        let run = rest.iter().take_while(|next| *next == byte).count();
        if run <= LONGEST {
            let start = words.start as usize + at;
            found.push(Span::new(start, start + run));
        }
        at += run;
    }
    found
}

fn judge(lint: &Lint<'_>, out: &mut Findings, (open, close): (Span, Span)) {
    let line = |at: u32| lint.all_lines().at(at).map(|line| line.span);
    let (Some(first), Some(last)) = (line(open.start), line(close.start)) else {
        return;
    };
    let after = Span {
        start: open.end,
        end: first.end,
    };
    let rest = after.of(lint.text);
    let text = rest.trim_start();
    if text.len() < rest.len() && !text.is_empty() {
        let start = open.end as usize;
        let blanks = Span::new(start, start + rest.len() - text.len());
        let message = "a blank behind the marker that begins emphasis";
        report_extra_blanks(lint, out, (blanks, message), Applicability::Unsafe);
    }
    let before = Span {
        start: last.start,
        end: close.start,
    };
    let rest = before.of(lint.text);
    let text = rest.trim_end();
    if text.len() < rest.len() && !text.is_empty() {
        let end = close.start as usize;
        let blanks = Span::new(end - (rest.len() - text.len()), end);
        let message = "a blank before the marker that ends emphasis";
        report_extra_blanks(lint, out, (blanks, message), Applicability::Unsafe);
    }
}
