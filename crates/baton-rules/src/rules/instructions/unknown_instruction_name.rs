//! Instructions that texts name exist.

use std::collections::BTreeMap;

use baton_repo::File;
use baton_source::{Applicability, Fix, Span, nearest};

use crate::support::instruction_targets::{mentions, told};
use crate::support::read_targets::Names;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let pack = ctx.repo.instruction_conventions();
    if !pack.targets {
        return;
    }
    let own = ctx.settings.instructions.examples.as_ref();
    let examples = own.unwrap_or(&pack.examples);
    let names = Names::of(ctx.repo);
    for file in ctx.repo.of_kind("agent-guide") {
        // What agents are told to read is judged by another rule.
        let told = told(file.text(), ".github/instructions/");
        let mut missing: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        for mention in mentions(file) {
            let is_told = told.iter().any(|one| one.span.end == mention.span.end);
            let name = mention.path.rsplit('/').next().unwrap_or(mention.path);
            let is_example = examples.iter().any(|known| known == name);
            if !is_told && !is_example && is_missing(&names, file, mention.path) {
                missing.entry(mention.path).or_default().push(mention.span);
            }
        }
        for (path, places) in missing {
            report(ctx, file, (path, &places), out);
        }
    }
}

/// Whether a name or a path leads nowhere, although it leads into this repository.
fn is_missing(names: &Names<'_>, file: &File, path: &str) -> bool {
    let inner = path.trim_start_matches("../").trim_start_matches('/');
    if names.found(file, inner).is_some() {
        return false;
    }
    let folder = inner.rsplit_once('/').map(|(folder, _)| folder);
    // A folder that nobody has here is one of another repository.
    folder.is_none_or(|folder| names.has_folder_like(folder))
}

fn report(ctx: &Ctx<'_>, file: &File, (path, places): (&str, &[Span]), out: &mut Findings) {
    let Some(first) = places.first() else {
        return;
    };
    let message = format!("there are no instructions `{path}`");
    let finding = out.report(file.at(first), message);
    let name = path.rsplit('/').next().unwrap_or(path);
    let known: Vec<&File> = ctx.repo.of_kind("instruction").collect();
    let meant = nearest(name, known.iter().map(|file| file.path.name()));
    let meant = known
        .into_iter()
        .find(|file| Some(file.path.name()) == meant);
    let Some(meant) = meant else {
        finding.help("Name instructions that exist, or say whose they are with a link.");
        return;
    };
    let near = if path.contains('/') {
        meant.path.as_str()
    } else {
        meant.path.name()
    };
    let edits = places.iter().map(|place| file.edit(*place, near));
    finding.help(format!("Did you mean `{near}`?")).fix(Fix {
        title: format!("Name `{near}`"),
        applicability: Applicability::Unsafe,
        edits: edits.collect(),
    });
}
