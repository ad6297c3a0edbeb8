//! A line begins and ends at cells of its page.

use baton_repo::drawing::Cell;
use baton_source::nearest;

use crate::support::drawio::{cell_name, cells};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for (page, cell) in cells(ctx, file) {
        if cell.edge.is_none() {
            continue;
        }
        let ends = [(&cell.source, "begins"), (&cell.target, "ends")];
        for (end, verb) in ends {
            let Some(end) = end.as_ref().filter(|end| page.cell(&end.value).is_none()) else {
                continue;
            };
            let message = format!(
                "{} {verb} at `{}`, which is not on the page",
                cell_name(cell),
                end.value
            );
            let known = page.contents().take(200).map(Cell::name);
            let help = match nearest(&end.value, known) {
                Some(near) => format!("Write `{near}` if that is meant."),
                None => "Name a cell of the page.".to_owned(),
            };
            out.report(file.at(end), message).help(help);
        }
    }
}
