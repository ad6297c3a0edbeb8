//! Governance constraints are JSON.

use baton_repo::artifact::can_be_artifact;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !can_be_artifact(file) {
        return;
    }
    for error in &file.document().errors {
        let message = format!("this is not JSON: {}", error.message);
        out.report(file.at(error), message)
            .help("Mend the syntax; until then nobody can read the constraints.");
    }
}
