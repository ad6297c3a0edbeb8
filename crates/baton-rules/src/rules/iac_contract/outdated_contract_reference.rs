//! The plan and the policy map are those that a contract was made from.

use crate::support::iac_contract::report_change;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = ctx.repo.iac_contract(file) else {
        return;
    };
    let references = [&contract.plan, &contract.policy_map];
    for reference in references.into_iter().flatten() {
        let help = "Make the contract anew from what is planned now.";
        report_change(ctx, (file, reference), help, out);
    }
}
