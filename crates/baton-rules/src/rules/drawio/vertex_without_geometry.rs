//! A shape says where it stands.

use crate::support::drawio::{cell_name, cells};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for (_, cell) in cells(ctx, file) {
        if cell.vertex.is_some() && cell.geometry.is_none() {
            let message = format!("{} has no `mxGeometry`", cell_name(cell));
            out.report(file.at(cell), message)
                .help("Add `<mxGeometry x=… y=… width=… height=… as=\"geometry\"/>`.");
        }
    }
}
