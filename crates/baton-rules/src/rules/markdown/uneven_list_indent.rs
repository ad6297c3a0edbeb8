//! The items of a list are indented alike; numbers may end at the same column instead.

use baton_source::Span;
use baton_syntax::markdown::List;

use crate::support::markdown::Lint;
use crate::support::markdown_blocks::resize;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD005") else {
        return;
    };
    for list in lint.lists() {
        judge(&lint, out, list);
    }
}

fn judge(lint: &Lint<'_>, out: &mut Findings, list: &List) {
    let Some(first) = list.markers.first() else {
        return;
    };
    let start = lint.column(first.start);
    let end = start + first.len();
    let mut by_end = false;
    for marker in &list.markers {
        let actual = lint.column(marker.start);
        if actual == start && !by_end {
            continue;
        }
        if list.ordered && actual + marker.len() == end {
            by_end = true;
            continue;
        }
        let wanted = if by_end {
            end.saturating_sub(marker.len())
        } else {
            start
        };
        report(lint, out, *marker, (actual, wanted));
    }
}

fn report(lint: &Lint<'_>, out: &mut Findings, marker: Span, (actual, wanted): (usize, usize)) {
    let message =
        format!("the item is indented by {actual} where others of its list are by {wanted}");
    let before = lint.before(marker.start);
    let Some(finding) = lint.report(out, marker, message) else {
        return;
    };
    finding.help(format!("Indent it by {wanted}."));
    let blanks = before.len() - before.trim_end_matches(' ').len();
    let kept = actual - blanks.min(actual);
    if let Some(wanted) = wanted.checked_sub(kept) {
        let end = marker.start as usize;
        finding.fix(resize(lint, Span::new(end - blanks, end), wanted));
    }
}
