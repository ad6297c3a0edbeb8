//! A page leaves its cells room.

use baton_repo::drawing::{DrawingConventions, Page};
use baton_source::Severity;

use crate::support::drawio::{page_name, pages, rubric};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let limits = DrawingConventions::of_family();
    for page in pages(ctx, file) {
        let (cells, area) = measured(page);
        let each = area / f64::from(cells);
        if area <= limits.least_page || each >= limits.little_area {
            continue;
        }
        let severity = if each < limits.least_area {
            rubric(ctx)
        } else {
            Severity::Warning
        };
        let message = format!(
            "{} has {cells} cells, one for every {each:.0} square pixels",
            page_name(page)
        );
        out.report(file.at(page), message)
            .severity(severity)
            .help(format!(
                "Spread the cells out or split the page: {:.0} square pixels for each are enough.",
                limits.little_area
            ));
    }
}

/// How many cells have a size, and the area from the corner of the page to the farthest of them.
fn measured(page: &Page) -> (u32, f64) {
    let sized = page.cells.iter().filter(|cell| cell.edge.is_none());
    let sized = sized.filter_map(|cell| cell.geometry.as_ref());
    let mut cells = 0;
    let mut corner = (0.0_f64, 0.0_f64);
    for geometry in sized.filter(|one| one.width > 0.0 && one.height > 0.0) {
        cells += 1;
        corner.0 = corner.0.max(geometry.absolute.0 + geometry.width);
        corner.1 = corner.1.max(geometry.absolute.1 + geometry.height);
    }
    (cells, corner.0 * corner.1)
}
