//! The model of a page has the element that holds its cells.

use baton_repo::drawing::Content;

use crate::support::drawio::{page_name, pages};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for page in pages(ctx, file) {
        if let Content::NoRoot(model) = page.content {
            let message = format!("the model of {} has no `root`", page_name(page));
            out.report(file.at(&model), message)
                .help("Put the cells into `<root>` in `<mxGraphModel>`.");
        }
    }
}
