//! A design that anybody can reach shows where trust begins.

use baton_repo::drawing::{Cell, DrawingConventions};

use crate::support::drawio::{cell_name, drawing, mentions, rubric};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(drawing) = drawing(ctx, file) else {
        return;
    };
    let table = DrawingConventions::of_family();
    let is_boundary = |cell: &Cell| {
        let stroke = cell.style.get("strokeColor");
        let coloured =
            stroke.is_some_and(|stroke| stroke.eq_ignore_ascii_case(&table.boundary_stroke));
        cell.is_container() && (coloured || mentions(cell.label(), &["trust"]))
    };
    if drawing.contents().any(is_boundary) {
        return;
    }
    let mut cells = drawing.contents();
    if let Some(entry) = cells.find(|cell| mentions(cell.label(), &table.entries)) {
        let message = format!(
            "anybody can reach {}, and no trust boundary is drawn",
            cell_name(entry)
        );
        out.report(file.at(entry), message)
            .severity(rubric(ctx))
            .help("Add a container that says `Trust boundary`.");
    }
}
