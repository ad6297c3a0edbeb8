//! Every entry of a registry says which skills its agent reads.

use crate::support::models::{conventions, entries};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if !conventions(ctx).skills_required {
        return;
    }
    for (file, entry) in entries(ctx.repo).filter(|(_, entry)| entry.skills.is_none()) {
        let message = format!("the entry `{}` has no `skills`", entry.called);
        out.report(file.at(&entry.span), message)
            .help("Add `skills`, an empty list if the agent reads none.");
    }
}
