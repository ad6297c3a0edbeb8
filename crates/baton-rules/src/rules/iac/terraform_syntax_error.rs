//! Terraform files can be read.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for error in file
        .iac()
        .map(|iac| iac.errors.as_slice())
        .unwrap_or_default()
    {
        out.report(file.at(error), error.message.clone())
            .help("Mend it; what cannot be read is not judged.");
    }
}
