//! Cells lie within the cell they belong to.

use crate::support::drawio::{cell_name, cells};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Labels may reach as far beyond the edge.
const TOLERANCE: f64 = 50.0;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for (page, cell) in cells(ctx, file) {
        let parent = cell.parent.as_ref().map_or("", |parent| &parent.value);
        if matches!(parent, "" | "0" | "1") || cell.edge.is_some() {
            continue;
        }
        let outer = page
            .cell(parent)
            .and_then(|parent| parent.geometry.as_ref());
        let Some((inner, outer)) = cell.geometry.as_ref().zip(outer) else {
            continue;
        };
        let sized = outer.width > 0.0 && outer.height > 0.0;
        let beyond = inner.x > outer.width + TOLERANCE || inner.y > outer.height + TOLERANCE;
        if sized && beyond {
            let message = format!(
                "{} stands at {}, {} in `{parent}`, which is {} wide and {} high",
                cell_name(cell),
                inner.x,
                inner.y,
                outer.width,
                outer.height
            );
            out.report(file.at(inner), message)
                .help("Count from the corner of the parent, not of the page.");
        }
    }
}
