//! Every module that a plan names is in the contract.

use std::collections::BTreeSet;

use crate::support::iac_contract::{contracts, mentioned_modules, plan};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for (file, contract) in contracts(ctx) {
        let (Some(plan), Some(language)) = (plan(ctx, (file, contract)), contract.language) else {
            continue;
        };
        let mut told = BTreeSet::new();
        for (span, source) in mentioned_modules(plan.text(), language) {
            let sources = contract.own_modules().filter_map(|it| it.source.as_ref());
            let mut sources = sources.map(|it| it.value.as_str());
            // A contract may name a part of the module.
            let is_listed = sources.any(|listed| {
                let rest = listed.strip_prefix(source);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            if is_listed || !told.insert(source) {
                continue;
            }
            let message = format!("the contract has no module `{source}`");
            out.report(plan.at(&span), message)
                .label(file.whole(), "the contract")
                .help("Add the module to the contract, or plan without it.");
        }
    }
}
