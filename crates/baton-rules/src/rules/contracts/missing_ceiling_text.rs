//! Agents that ask for reviews know when to stop.

use baton_repo::contracts::Contract;

use crate::support::contracts::judge;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let help = "Write it back: without it reviews of one step never end.";
    judge(ctx, Contract::Ceiling, help, out);
}
