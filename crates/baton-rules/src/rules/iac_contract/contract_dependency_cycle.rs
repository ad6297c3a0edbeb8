//! Resources of a contract can be created one after the other.

use std::collections::{BTreeMap, BTreeSet};

use baton_repo::Text;
use baton_repo::iac_contract::ContractResource;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Resources that wait for others, by name.
type Waiting<'c> = BTreeMap<&'c str, &'c ContractResource>;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = ctx.repo.iac_contract(file) else {
        return;
    };
    let named = contract.resources.iter();
    let mut waiting: Waiting<'_> = named.map(|it| (it.name.value.as_str(), it)).collect();
    loop {
        create(&mut waiting);
        let Some(circle) = circle(&waiting) else {
            return;
        };
        let names: Vec<&str> = circle.iter().map(|name| name.value.as_str()).collect();
        let Some((closing, first)) = circle.last().zip(names.last()) else {
            return;
        };
        let message = format!(
            "resources wait for one another: `{first}` → `{}`",
            names.join("` → `")
        );
        out.report(file.at(*closing), message)
            .help("Remove one of the dependencies.");
        for name in names {
            waiting.remove(name);
        }
    }
}

/// Takes away whatever waits for nothing that is left; a resource that waits for itself has a
/// rule of its own.
fn create(waiting: &mut Waiting<'_>) {
    loop {
        let left: BTreeSet<&str> = waiting.keys().copied().collect();
        waiting.retain(|_, resource| next(resource, &left).is_some());
        if waiting.len() == left.len() {
            return;
        }
    }
}

/// What a resource waits for that is left.
fn next<'c>(resource: &'c ContractResource, left: &BTreeSet<&str>) -> Option<&'c Text> {
    let mut needed = resource.depends_on.iter();
    needed.find(|name| name.value != resource.name.value && left.contains(name.value.as_str()))
}

/// The dependencies of a circle; the last leads to where the first begins. Everything that is
/// left waits for something that is left, so each way ends in one.
fn circle<'c>(waiting: &Waiting<'c>) -> Option<Vec<&'c Text>> {
    let left: BTreeSet<&str> = waiting.keys().copied().collect();
    let (mut at, mut way): (&str, Vec<&'c Text>) = (waiting.keys().next()?, Vec::new());
    let mut passed: BTreeMap<&str, usize> = BTreeMap::new();
    loop {
        if let Some(begin) = passed.insert(at, way.len()) {
            return Some(way.split_off(begin));
        }
        let name = next(waiting.get(at)?, &left)?;
        way.push(name);
        at = name.value.as_str();
    }
}
