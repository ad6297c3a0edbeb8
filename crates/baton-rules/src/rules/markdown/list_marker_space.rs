//! One blank parts the marker of a list item from its text.

use baton_source::{Applicability, Span};
use baton_syntax::markdown::List;

use crate::support::markdown::Lint;
use crate::support::markdown_blocks::resize;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// So many blanks begin code, of which only the first belongs to the marker.
const CODE: usize = 5;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD030") else {
        return;
    };
    for list in lint.lists() {
        let wanted = wanted(&lint, list);
        for marker in &list.markers {
            let Some(blanks) = blanks(&lint, *marker) else {
                continue;
            };
            if blanks.len() != wanted {
                report(&lint, out, *marker, (blanks, wanted));
            }
        }
    }
}

fn report(lint: &Lint<'_>, out: &mut Findings, marker: Span, (blanks, wanted): (Span, usize)) {
    let actual = blanks.len();
    let message = format!("{actual} blanks behind this marker where {wanted} is due");
    let message = message.replacen("1 blanks", "one blank", 1);
    let Some(finding) = lint.report(out, marker, message) else {
        return;
    };
    let many = if wanted == 1 { "blank" } else { "blanks" };
    finding.help(format!("Leave {wanted} {many} there."));
    // With more blanks the lines below would no longer belong to the item.
    if actual > wanted {
        let mut fix = resize(lint, blanks, wanted);
        fix.applicability = Applicability::Safe;
        finding.fix(fix);
    }
}

/// How many blanks a list asks for: options tell lists whose items have one line each from others.
fn wanted(lint: &Lint<'_>, list: &List) -> usize {
    let last = list.span.end.saturating_sub(1).max(list.span.start);
    let lines = lint.line_number(last) - lint.line_number(list.span.start) + 1;
    let name = match (list.ordered, lines == list.markers.len()) {
        (false, true) => "ul_single",
        (false, false) => "ul_multi",
        (true, true) => "ol_single",
        (true, false) => "ol_multi",
    };
    lint.size(name, 1)
}

/// The blanks behind a marker; `None` when the item begins with an empty line.
fn blanks(lint: &Lint<'_>, marker: Span) -> Option<Span> {
    let line = lint.all_lines().at(marker.start)?;
    let rest = Span {
        start: marker.end,
        end: line.span.end,
    };
    let rest = rest.of(lint.text);
    let text = rest.trim_start_matches([' ', '\t']);
    if text.is_empty() {
        return None;
    }
    let blanks = rest.get(..rest.len() - text.len())?;
    let mut column = lint.column(marker.end);
    let before = column;
    for blank in blanks.bytes() {
        column += if blank == b'\t' { 4 - column % 4 } else { 1 };
    }
    let count = if column - before >= CODE {
        1
    } else {
        blanks.len()
    };
    let start = marker.end as usize;
    Some(Span::new(start, start + count))
}
