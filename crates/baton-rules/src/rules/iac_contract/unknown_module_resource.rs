//! Every module of a contract is for one of its resources.

use crate::support::iac_contract::help_with_name;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = ctx.repo.iac_contract(file) else {
        return;
    };
    for name in contract.own_modules().filter_map(|it| it.resource.as_ref()) {
        if contract.resource(&name.value).is_none() {
            let message = format!("no resource is called `{}`", name.value);
            let finding = out.report(file.at(name), message);
            help_with_name(finding, &name.value, contract);
        }
    }
}
