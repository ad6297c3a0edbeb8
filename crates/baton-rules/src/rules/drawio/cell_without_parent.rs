//! Every cell lies in another, but for the root.

use crate::support::drawio::{cell_name, pages};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for page in pages(ctx, file) {
        let parents = page.parents();
        // The first cell is the root, whatever its name.
        for cell in page.cells.iter().skip(1) {
            let is_child = cell.parent.is_some() || cell.is_structure();
            if is_child || parents.contains(cell.name()) {
                continue;
            }
            let message = format!("{} lies in no other cell and is not drawn", cell_name(cell));
            out.report(file.at(cell), message)
                .help("Add `parent`; the first layer is `1`.");
        }
    }
}
