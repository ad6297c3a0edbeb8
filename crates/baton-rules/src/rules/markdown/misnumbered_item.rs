//! Items of numbered lists are all one, or count up.

use baton_source::{Applicability, Fix, Span};

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD029") else {
        return;
    };
    let style = lint.word("style", "one_or_ordered");
    for list in lint.lists().filter(|list| list.ordered) {
        let numbers: Vec<(Span, u64)> = list
            .markers
            .iter()
            .filter_map(|marker| number(&lint, *marker))
            .collect();
        let (mut wanted, counts) = pattern(style, &numbers);
        for (digits, actual) in numbers {
            if actual != wanted {
                report(&lint, out, digits, (actual, wanted));
            }
            wanted += u64::from(counts);
        }
    }
}

fn report(lint: &Lint<'_>, out: &mut Findings, digits: Span, (actual, wanted): (u64, u64)) {
    let message = format!("the item is number {actual} where {wanted} is due");
    if let Some(finding) = lint.report(out, digits, message) {
        finding.help(format!("Write `{wanted}`.")).fix(Fix {
            title: format!("Write `{wanted}`"),
            applicability: Applicability::Unsafe,
            edits: vec![lint.file.edit(digits, wanted.to_string())],
        });
    }
}

/// The number before the delimiter of a marker.
fn number(lint: &Lint<'_>, marker: Span) -> Option<(Span, u64)> {
    let digits = Span {
        end: marker.end.saturating_sub(1),
        ..marker
    };
    Some((digits, digits.of(lint.text).parse().ok()?))
}

/// The first number of a list, and whether the next ones count up from it.
fn pattern(style: &str, numbers: &[(Span, u64)]) -> (u64, bool) {
    let (first, counts) = match *numbers {
        [(_, first), (_, second), ..] if second != 1 || first == 0 => (u64::from(first != 0), true),
        _ => (1, false),
    };
    match style {
        "one" => (1, false),
        "zero" => (0, false),
        "ordered" => (first, true),
        _ => (first, counts),
    }
}
