//! A drawing has a page.

use baton_repo::drawing::Wrapper;

use crate::support::drawio::drawing;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(drawing) = drawing(ctx, file) else {
        return;
    };
    if drawing.wrapper == Wrapper::File && drawing.pages.is_empty() {
        out.report(file.at(&drawing.root), "the drawing has no page")
            .help("Add a `<diagram>`, or remove the file.");
    }
}
