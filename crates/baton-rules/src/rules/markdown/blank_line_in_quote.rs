//! No blank line parts two quotes: it is unclear whether they are one.

use std::collections::BTreeSet;

use baton_source::Span;

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD028") else {
        return;
    };
    let quotes = &lint.outline().quotes;
    let mut blank = BTreeSet::new();
    for quote in quotes {
        let next = quotes.partition_point(|other| other.start < quote.end);
        let Some(next) = quotes.get(next) else {
            continue;
        };
        let between = Span {
            start: quote.end,
            end: next.start,
        };
        let parted = !between.of(lint.text).trim().is_empty();
        if parted || !have_one_item(&lint, *quote, *next) {
            continue;
        }
        let lines = lint.line_number(quote.end.saturating_sub(1)) + 1..lint.line_number(next.start);
        blank.extend(lines);
    }
    for line in blank.into_iter().filter_map(|line| lint.numbered(line)) {
        if let Some(finding) = lint.report(out, line.span, "a blank line between two quotes") {
            finding.help("Write `>` there if they are one quote, or text if they are two.");
        }
    }
}

/// Whether no list item ends between two quotes.
fn have_one_item(lint: &Lint<'_>, first: Span, second: Span) -> bool {
    let items = &lint.outline().items;
    let before = items.partition_point(|item| item.span.start <= first.start);
    let mut items = items.iter().take(before);
    !items.any(|item| item.span.end > first.start && item.span.end <= second.start)
}
