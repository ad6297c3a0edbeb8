//! Many icons on a page stand in zones.

use baton_repo::drawing::{Cell, DrawingConventions};

use crate::support::drawio::{page_name, pages, rubric};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for page in pages(ctx, file) {
        let icons = page.contents().filter(|cell| cell.is_icon()).count();
        let many = icons >= DrawingConventions::of_family().zone_icons;
        if many && !page.contents().any(Cell::is_container) {
            let message = format!("{} has {icons} icons and no zone", page_name(page));
            out.report(file.at(page), message)
                .severity(rubric(ctx))
                .help("Group the icons in cells with `container=1`.");
        }
    }
}
