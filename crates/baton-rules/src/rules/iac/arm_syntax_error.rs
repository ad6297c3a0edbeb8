//! ARM templates can be read.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let errors = file.iac().map(|iac| iac.errors.as_slice());
    for error in errors.unwrap_or_default() {
        out.report(file.at(error), error.message.clone())
            .help("Mend the expression; until then its value is not known.");
    }
}
