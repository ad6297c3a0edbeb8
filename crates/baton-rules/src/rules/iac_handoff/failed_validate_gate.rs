//! Code that was approved passed its last check.

use crate::support::iac_handoff::handoff;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(handoff) = handoff(ctx, file).filter(|it| it.is_approved()) else {
        return;
    };
    let Some(code) = handoff.exit_code.filter(|code| code.value != 0) else {
        return;
    };
    let message = format!(
        "the last check ended with {}, and the code is approved",
        code.value
    );
    let finding = out.report(file.at(&code), message);
    finding.help("Run the check again, and write down what comes of it.");
    if let Some(verdict) = &handoff.verdict {
        finding.label(file.at(verdict), "the verdict");
    }
}
