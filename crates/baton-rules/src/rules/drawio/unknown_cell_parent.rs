//! The cell that another lies in is on the page.

use baton_repo::drawing::Cell;
use baton_source::nearest;

use crate::support::drawio::{cell_name, cells};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for (page, cell) in cells(ctx, file) {
        let Some(parent) = &cell.parent else { continue };
        if page.cell(&parent.value).is_some() {
            continue;
        }
        let message = format!(
            "{} lies in `{}`, which is not on the page",
            cell_name(cell),
            parent.value
        );
        let known = page.cells.iter().take(200).map(Cell::name);
        let help = match nearest(&parent.value, known) {
            Some(near) => format!("Write `{near}` if that is meant."),
            None => "Name a cell of the page; the first layer is `1`.".to_owned(),
        };
        out.report(file.at(parent), message).help(help);
    }
}
