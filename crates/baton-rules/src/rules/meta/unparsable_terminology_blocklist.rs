//! The block list of terms is JSON.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for error in &file.document().errors {
        let message = format!("the list of terms cannot be read: {}", error.message);
        out.report(file.at(error), message)
            .help("Write the list as JSON, without comments or trailing commas.");
    }
}
