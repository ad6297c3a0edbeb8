//! Agents that end a step say how to go on.

use baton_repo::contracts::Contract;

use crate::support::contracts::judge;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let help = "Write it back: it is how people find the next step after the chat is cleared.";
    judge(ctx, Contract::Handoff, help, out);
}
