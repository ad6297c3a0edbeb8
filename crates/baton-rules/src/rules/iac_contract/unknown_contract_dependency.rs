//! Resources of a contract depend on resources of the contract.

use baton_source::Severity;

use crate::support::iac_contract::help_with_name;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = ctx.repo.iac_contract(file) else {
        return;
    };
    let needed = contract.resources.iter().flat_map(|it| &it.depends_on);
    let needed = needed.map(|name| (name, Severity::Error));
    // Nothing that reads contracts stumbles over these.
    let ends = contract.ends.iter().map(|name| (name, Severity::Warning));
    for (name, severity) in needed.chain(ends) {
        if contract.resource(&name.value).is_none() {
            let message = format!("no resource is called `{}`", name.value);
            let finding = out.report(file.at(name), message).severity(severity);
            help_with_name(finding, &name.value, contract);
        }
    }
}
