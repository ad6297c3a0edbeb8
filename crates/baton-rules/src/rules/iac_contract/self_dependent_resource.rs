//! No resource of a contract depends on itself.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = ctx.repo.iac_contract(file) else {
        return;
    };
    for resource in &contract.resources {
        let mut needed = resource.depends_on.iter();
        if let Some(again) = needed.find(|name| name.value == resource.name.value) {
            let message = format!("`{}` depends on itself", again.value);
            out.report(file.at(again), message)
                .help("Remove the name from `depends_on`.");
        }
    }
}
