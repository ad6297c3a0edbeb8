//! No two resources of a contract have one name.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = ctx.repo.iac_contract(file) else {
        return;
    };
    for (at, resource) in contract.resources.iter().enumerate() {
        let name = &resource.name;
        let mut before = contract.resources.iter().take(at);
        if let Some(first) = before.find(|first| first.name.value == name.value) {
            let message = format!("`{}` names two resources", name.value);
            out.report(file.at(name), message)
                .label(file.at(&first.name), "the first one")
                .help("Give each resource a name of its own.");
        }
    }
}
