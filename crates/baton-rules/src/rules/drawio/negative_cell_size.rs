//! No shape is smaller than nothing.

use crate::support::drawio::{cell_name, cells};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for (_, cell) in cells(ctx, file) {
        let Some(geometry) = cell.geometry.as_ref().filter(|_| cell.vertex.is_some()) else {
            continue;
        };
        for size in &geometry.sizes {
            if size
                .value
                .trim()
                .parse::<f64>()
                .is_ok_and(|size| size < 0.0)
            {
                let message = format!("the {} of {} is {}", size.name, cell_name(cell), size.value);
                out.report(file.at(size), message)
                    .help("Write a positive size, and move the shape instead.");
            }
        }
    }
}
