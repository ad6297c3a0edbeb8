//! A cell is a shape or a line, not both.

use crate::support::drawio::{cell_name, cells};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for (_, cell) in cells(ctx, file) {
        if let (Some(vertex), Some(edge)) = (&cell.vertex, &cell.edge) {
            let message = format!("{} is both a shape and a line", cell_name(cell));
            out.report(file.at(&edge.name_span), message)
                .label(file.at(&vertex.name_span), "a shape here")
                .help("Keep `vertex` or `edge`.");
        }
    }
}
