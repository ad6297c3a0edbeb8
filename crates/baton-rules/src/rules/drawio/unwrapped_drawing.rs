//! A drawing that agents work on has its pages in `mxfile`.

use baton_repo::drawing::Wrapper;

use crate::support::drawio::drawing;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(drawing) = drawing(ctx, file) else {
        return;
    };
    if drawing.wrapper == Wrapper::Model {
        out.report(file.at(&drawing.root), "the model stands in no `mxfile`")
            .help("Put `<mxGraphModel>` into `<mxfile><diagram>`.");
    }
}
