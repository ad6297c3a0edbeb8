//! Only code that was approved is handed over.

use crate::support::iac_handoff::handoff;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(handoff) = handoff(ctx, file) else {
        return;
    };
    let verdict = handoff.verdict.as_ref();
    if let Some(verdict) = verdict.filter(|_| !handoff.is_approved()) {
        let message = format!("the verdict is `{}`, not `APPROVED`", verdict.value);
        out.report(file.at(verdict), message)
            .help("Mend the code and have it judged again before anything is deployed.");
    }
}
