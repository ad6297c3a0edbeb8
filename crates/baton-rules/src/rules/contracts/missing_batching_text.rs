//! Questions that do not depend on one another are asked together.

use baton_repo::contracts::Contract;

use crate::support::contracts::judge;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let help = "Write it back: without it people answer one question at a time.";
    judge(ctx, Contract::Batching, help, out);
}
