//! A drawing of an architecture shows icons.

use baton_repo::drawing::{Cell, Content};

use crate::support::drawio::drawing;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(drawing) = drawing(ctx, file) else {
        return;
    };
    // A page that was not read may well have icons.
    let mut pages = drawing.pages.iter();
    let seen = pages.len() > 0 && pages.all(|page| page.content != Content::Compressed);
    if seen && !drawing.contents().any(Cell::is_picture) {
        out.report(file.at(&drawing.root), "the drawing shows no icon")
            .help("Draw services with their icons.");
    }
}
