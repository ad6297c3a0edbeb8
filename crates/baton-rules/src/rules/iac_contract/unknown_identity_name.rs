//! Every identity that a contract names is one of its resources.

use crate::support::iac_contract::{IDENTITY, help_with_name};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = ctx.repo.iac_contract(file) else {
        return;
    };
    let identity = contract.identity.as_ref();
    let Some(identity) = identity.filter(|identity| identity.is_user_assigned()) else {
        return;
    };
    for name in &identity.names {
        let Some(resource) = contract.resource(&name.value) else {
            let message = format!("no resource is called `{}`", name.value);
            let finding = out.report(file.at(name), message);
            help_with_name(finding, &name.value, contract);
            continue;
        };
        // Azure compares types without case.
        let kind = resource.kind.as_ref();
        if let Some(kind) = kind.filter(|kind| !kind.value.eq_ignore_ascii_case(IDENTITY)) {
            let message = format!("`{}` is a `{}`, not an identity", name.value, kind.value);
            out.report(file.at(name), message)
                .label(file.at(kind), "its type")
                .help(format!("Name a resource of type `{IDENTITY}`."));
        }
    }
}
