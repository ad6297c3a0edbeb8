//! The root element of a drawing is one that draw.io opens.

use baton_repo::drawing::Wrapper;

use crate::support::drawio::drawing;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(drawing) = drawing(ctx, file) else {
        return;
    };
    if let Wrapper::Foreign(name) = &drawing.wrapper {
        let message = format!("the root element is `{name}`, which is no drawing");
        out.report(file.at(&drawing.root), message)
            .help("Put the pages into `<mxfile>`, or give the file another extension.");
    }
}
