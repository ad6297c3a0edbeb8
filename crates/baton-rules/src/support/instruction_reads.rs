//! Files below a folder that texts tell agents to read, and that are not there.

use baton_repo::File;
use baton_source::{Applicability, Fix, nearest};

use super::instruction_targets::{Target, exists, told};
use crate::{Ctx, Findings};

/// Reports every path below a folder once in each text that tells to read it.
pub(crate) fn report(
    ctx: &Ctx<'_>,
    folder: &str,
    is_judged: impl Fn(&str) -> bool,
    out: &mut Findings,
) {
    if !ctx.repo.instruction_conventions().targets {
        return;
    }
    for file in ctx.repo.of_kind("agent-guide") {
        let mut targets = told(file.text(), folder);
        targets.retain(|one| is_judged(one.path) && !exists(ctx.repo, file, one.path));
        for (index, target) in targets.iter().enumerate() {
            let mut before = targets.iter().take(index);
            if before.any(|other| other.path == target.path) {
                continue;
            }
            let again = targets.iter().filter(|other| other.path == target.path);
            one(ctx, file, &again.collect::<Vec<_>>(), out);
        }
    }
}

fn one(ctx: &Ctx<'_>, file: &File, places: &[&Target<'_>], out: &mut Findings) {
    let Some(first) = places.first() else {
        return;
    };
    let path = first.path;
    let message = format!("agents are told to read `{path}`, which is not there");
    let finding = out.report(file.at(&first.span), message);
    let Some(near) = near(ctx, path) else {
        finding.help("Name a file that exists, or take the order to read it away.");
        return;
    };
    let edits = places.iter().map(|place| file.edit(place.span, near));
    finding.help(format!("Did you mean `{near}`?")).fix(Fix {
        title: format!("Name `{near}`"),
        applicability: Applicability::Unsafe,
        edits: edits.collect(),
    });
}

/// The file of the same kind whose path is nearest.
fn near<'a>(ctx: &Ctx<'a>, path: &str) -> Option<&'a str> {
    let kind = if path.ends_with("/SKILL.md") {
        "skill"
    } else {
        "instruction"
    };
    let known = ctx.repo.of_kind(kind).map(|file| file.path.as_str());
    // What all of them have in common says nothing about how near they are.
    let name = |path: &'a str| path.split('/').rev().find(|part| *part != "SKILL.md");
    let wanted = path.split('/').rev().find(|part| *part != "SKILL.md")?;
    let known: Vec<&str> = known.collect();
    let meant = nearest(wanted, known.iter().filter_map(|path| name(path)))?;
    known.into_iter().find(|path| name(path) == Some(meant))
}
