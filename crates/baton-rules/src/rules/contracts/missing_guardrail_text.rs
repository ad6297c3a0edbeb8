//! Agents that write infrastructure are told to keep to the cloud's policies.

use baton_repo::contracts::Contract;

use crate::support::contracts::judge;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let help = "Write it back: it keeps agents from passing over the policies of the cloud.";
    judge(ctx, Contract::Guardrails, help, out);
}
