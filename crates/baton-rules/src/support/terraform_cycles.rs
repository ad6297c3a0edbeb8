//! Values and resources that need one another.

use std::collections::BTreeMap;

use baton_repo::File;
use baton_source::Span;

use super::circles::{NAMED, Ways, listed};
use super::terraform::Judged;
use super::terraform_walk::{Site, Time, references};

/// What each declaration needs, and where it says so.
type Needs<'r> = BTreeMap<String, BTreeMap<String, (&'r File, Span)>>;

/// Judges the order of a module.
pub(crate) fn judge(judged: &mut Judged<'_, '_>) {
    let module = judged.module;
    let mut needs: Needs<'_> = BTreeMap::new();
    references(module, &mut |site| {
        let owner = site.place.owner;
        // A module's parts need only what they use, so calls of modules make no certain cycle.
        if owner.is_empty() || owner.starts_with("module.") || site.place.time != Time::Now {
            return;
        }
        let Some(target) = target(site) else {
            return;
        };
        let declared = module.declarations(&target);
        if declared.len() == 1 && module.declarations(owner).len() == 1 {
            let of = needs.entry(owner.to_owned()).or_default();
            of.entry(target).or_insert((site.file, site.reference.span));
        }
    });
    let leads = |(owner, needed): (&String, &BTreeMap<String, _>)| {
        let known = needed.keys().filter(|it| needs.contains_key(*it));
        (owner.clone(), known.cloned().collect())
    };
    for circle in Ways::new(&needs.iter().map(leads).collect()).circles() {
        report(judged, &needs, &circle);
    }
}

/// The address a reference needs, if that may be part of a cycle.
fn target(site: &Site<'_, '_>) -> Option<String> {
    let reference = site.reference;
    let name = |at: usize| reference.name(at);
    Some(match reference.root.as_str() {
        "var" | "module" | "path" | "terraform" | "each" | "count" | "self" => return None,
        "local" => format!("local.{}", name(0)?),
        kind @ ("data" | "ephemeral") => format!("{kind}.{}.{}", name(0)?, name(1)?),
        "resource" => format!("{}.{}", name(0)?, name(1)?),
        root => format!("{root}.{}", name(0)?),
    })
}

fn report(judged: &mut Judged<'_, '_>, needs: &Needs<'_>, cycle: &[&String]) {
    let module = judged.module;
    let Some(start) = cycle.first() else {
        return;
    };
    let edge = |at: usize| {
        let next = cycle.get((at + 1) % cycle.len())?;
        needs.get(*cycle.get(at)?)?.get(*next).map(|place| place.1)
    };
    // The file of an owner is where its own references stand.
    let file_of = |owner: &str| module.declarations(owner).first().map(|it| it.file);
    let (Some(file), Some(span)) = (file_of(start), edge(0)) else {
        return;
    };
    let message = if let [one] = cycle {
        format!("`{one}` needs itself")
    } else {
        format!("{} need one another in a circle", listed(cycle, ", "))
    };
    let problem = judged.add("terraform-cycle", (file, span), message);
    problem.help("Take the value from something that does not depend on it.");
    for (at, name) in cycle.iter().enumerate().take(NAMED).skip(1) {
        if let (Some(file), Some(span)) = (file_of(name), edge(at)) {
            problem.label(file, span, format!("`{name}` needs the next one here"));
        }
    }
}
