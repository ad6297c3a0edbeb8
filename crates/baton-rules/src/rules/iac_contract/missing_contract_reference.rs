//! The plan and the policy map of a contract are there.

use crate::support::iac_contract::report_absence;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = ctx.repo.iac_contract(file) else {
        return;
    };
    let references = [&contract.plan, &contract.policy_map];
    for reference in references.into_iter().flatten() {
        let help = "Write the path from the folder of the contract, or add the file.";
        report_absence(ctx, (file, reference), help, out);
    }
}
