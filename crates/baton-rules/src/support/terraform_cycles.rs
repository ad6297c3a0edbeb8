//! Values and resources that need one another.

use std::collections::{BTreeMap, BTreeSet};

use baton_repo::File;
use baton_source::Span;

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
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in needs.keys() {
        if done.contains(start.as_str()) {
            continue;
        }
        if let Some(cycle) = cycle(&needs, start) {
            let reported = cycle.iter().any(|it| done.contains(it));
            done.extend(cycle.iter().copied());
            if !reported {
                report(judged, &needs, &cycle);
            }
        }
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

/// The shortest way from a declaration back to itself.
fn cycle<'n>(needs: &'n Needs<'_>, start: &'n str) -> Option<Vec<&'n str>> {
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for next in needs.get(at)?.keys().map(String::as_str) {
            if next == start {
                return Some(way(&before, start, at));
            }
            if needs.contains_key(next) && !before.contains_key(next) {
                before.insert(next, at);
                queue.push_back(next);
            }
        }
    }
    None
}

fn way<'n>(before: &BTreeMap<&'n str, &'n str>, start: &'n str, last: &'n str) -> Vec<&'n str> {
    let mut way = vec![last];
    let mut at = last;
    while let Some(previous) = before.get(at).filter(|_| at != start) {
        at = previous;
        way.push(at);
    }
    way.reverse();
    way
}

fn report(judged: &mut Judged<'_, '_>, needs: &Needs<'_>, cycle: &[&str]) {
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
        let names: Vec<String> = cycle.iter().map(|it| format!("`{it}`")).collect();
        format!("{} need one another in a circle", names.join(", "))
    };
    let problem = judged.add("terraform-cycle", (file, span), message);
    problem.help("Take the value from something that does not depend on it.");
    for (at, name) in cycle.iter().enumerate().skip(1) {
        if let (Some(file), Some(span)) = (file_of(name), edge(at)) {
            problem.label(file, span, format!("`{name}` needs the next one here"));
        }
    }
}
