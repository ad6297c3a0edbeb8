//! Every resource of a contract has a heading in a plan that has headings for resources.

use crate::support::iac_contract::{contracts, plan, resource_headings};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for (file, contract) in contracts(ctx) {
        let Some(plan) = plan(ctx, (file, contract)) else {
            continue;
        };
        let headings = resource_headings(plan);
        let Some((first, _)) = headings.first() else {
            continue;
        };
        for resource in &contract.resources {
            let name = &resource.name;
            if headings.iter().any(|(_, headed)| *headed == name.value) {
                continue;
            }
            let kind = resource.kind.as_ref().map_or("Type", |kind| &kind.value);
            let message = format!("the plan has no heading for `{}`", name.value);
            out.report(file.at(name), message)
                .label(plan.at(*first), "the first heading for a resource")
                .help(format!(
                    "Add a heading `{kind} : {}` to the plan.",
                    name.value
                ));
        }
    }
}
