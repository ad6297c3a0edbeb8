//! The explorer's graph is JSON.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for error in &file.document().errors {
        let message = format!("the explorer's graph cannot be read: {}", error.message);
        out.report(file.at(error), message)
            .help("Generate the graph again.");
    }
}
