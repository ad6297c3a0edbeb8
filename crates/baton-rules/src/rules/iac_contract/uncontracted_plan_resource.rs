//! Every resource that a plan has a heading for is in the contract.

use baton_source::{Span, nearest};

use crate::support::iac_contract::{contracts, plan, resource_headings};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for (file, contract) in contracts(ctx) {
        let Some(plan) = plan(ctx, (file, contract)) else {
            continue;
        };
        for (heading, name) in resource_headings(plan) {
            if contract.resource(name).is_some() {
                continue;
            }
            let names = contract.resources.iter().map(|it| it.name.value.as_str());
            let help = match nearest(name, names) {
                Some(meant) => format!("Write `{meant}`, if that is meant."),
                None => "Add the resource to the contract, or remove the section.".to_owned(),
            };
            let end = heading.text_span.end as usize;
            let at = Span::new(end.saturating_sub(name.len()), end);
            let message = format!("the contract has no resource called `{name}`");
            out.report(plan.at(&at), message)
                .label(file.whole(), "the contract")
                .help(help);
        }
    }
}
