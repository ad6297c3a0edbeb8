//! The graph file is JSON.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for error in &file.document().errors {
        out.report(
            file.at(error),
            format!("the graph cannot be read: {}", error.message),
        )
        .help("Write the graph as JSON, without comments or trailing commas.");
    }
}
