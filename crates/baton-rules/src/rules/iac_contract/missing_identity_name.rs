//! A contract with identities of its own names them.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let contract = ctx.repo.iac_contract(file);
    let Some(identity) = contract.and_then(|contract| contract.identity.as_ref()) else {
        return;
    };
    if identity.is_user_assigned() && identity.names.is_empty() {
        let message = format!(
            "identities are `{}`, and `uami_logical_names` names none",
            identity.kind.value
        );
        out.report(file.at(&identity.kind), message)
            .help("Name the resources that are identities in `uami_logical_names`.");
    }
}
