//! Session state is JSON.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for error in &file.document().errors {
        out.report(
            file.at(error),
            format!("the session state is not JSON: {}", error.message),
        )
        .help("Mend the JSON, or restore the copy `00-session-state.json.bak` if there is one.");
    }
}
