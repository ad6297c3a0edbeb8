//! Files of instructions that texts tell agents to read exist.

use crate::support::instruction_reads::report;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(ctx, ".github/instructions/", |_| true, out);
}
