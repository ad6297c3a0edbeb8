//! Every row of a table has as many cells as its header.

use baton_source::Span;

use crate::support::markdown::Lint;
use crate::support::markdown_tables::rows;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD056") else {
        return;
    };
    for table in &lint.outline().tables {
        let mut wanted = 0;
        for row in rows(&lint, table) {
            let actual = row.cells();
            if wanted == 0 {
                wanted = actual;
            }
            let text = row.text(&lint);
            if actual == wanted {
                continue;
            }
            let (place, help) = if actual < wanted {
                let last = Span::at(text.end as usize);
                (last, "Add the cells that are missing.")
            } else {
                let kept = wanted + usize::from(row.leading);
                let from = kept.checked_sub(1).and_then(|at| row.pipes.get(at));
                let surplus = from.map_or(text, |pipe| Span {
                    start: pipe.start,
                    ..text
                });
                let help = "Remove the surplus, which is not shown; write `\\|` for a pipe.";
                (surplus, help)
            };
            let cells = if actual == 1 { "cell" } else { "cells" };
            let message = format!("this row has {actual} {cells}, the header has {wanted}");
            if let Some(finding) = lint.report(out, place, message) {
                finding.help(help);
            }
        }
    }
}
