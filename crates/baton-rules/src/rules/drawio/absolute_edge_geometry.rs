//! The geometry of a line is relative to the line.

use baton_source::Span;

use crate::support::drawio::{cell_name, cells, safe};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for (_, cell) in cells(ctx, file) {
        // What is a shape as well may be meant as one.
        let is_line = cell.edge.is_some() && cell.vertex.is_none();
        let Some(geometry) = cell.geometry.as_ref().filter(|_| is_line) else {
            continue;
        };
        let (at, edit) = match &geometry.relative {
            Some(relative) if relative.value == "1" => continue,
            Some(relative) => (file.at(relative), file.edit(relative.span, "1")),
            None => {
                let end = Span::at(geometry.at.end as usize);
                (file.at(geometry), file.edit(end, " relative=\"1\""))
            }
        };
        let message = format!(
            "the geometry of the line {} is not relative",
            cell_name(cell)
        );
        out.report(at, message)
            .help("Write `relative=\"1\"`.")
            .fix(safe("Make the geometry relative", vec![edit]));
    }
}
