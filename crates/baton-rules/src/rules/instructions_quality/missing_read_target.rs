//! The files that instructions tell agents to read exist.

use baton_repo::File;
use baton_source::{Applicability, Fix, Span, nearest};

use crate::support::instruction_targets::{self, is_skill, told};
use crate::support::read_targets::{Names, Target, is_written, targets};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let mut texts = ctx.repo.of_kind("agent-text").peekable();
    if texts.peek().is_none() {
        return;
    }
    let names = Names::of(ctx.repo);
    for file in texts {
        let mut seen = Vec::new();
        for target in targets(file) {
            if is_told_elsewhere(ctx, file, &target) {
                continue;
            }
            if seen.contains(&target.path) || names.found(file, target.path).is_some() {
                continue;
            }
            seen.push(target.path);
            report(ctx, file, (&names, &target), out);
        }
    }
}

/// Whether the rules about instructions judge it.
fn is_told_elsewhere(ctx: &Ctx<'_>, file: &File, target: &Target<'_>) -> bool {
    if !ctx.repo.instruction_conventions().targets || !ctx.repo.is_kind(file, "agent-guide") {
        return false;
    }
    let path = target.path;
    let folder = if path.starts_with(".github/instructions/") {
        ".github/instructions/"
    } else if path.starts_with(".github/skills/") && is_skill(path) {
        ".github/skills/"
    } else {
        return path.ends_with(".instructions.md");
    };
    let ends = |one: &instruction_targets::Target<'_>| one.span.end + 1 == target.span.end;
    path.ends_with(".instructions.md") || told(file.text(), folder).iter().any(ends)
}

fn report(
    ctx: &Ctx<'_>,
    file: &File,
    (names, target): (&Names<'_>, &Target<'_>),
    out: &mut Findings,
) {
    let path = target.path;
    let Some((folder, name)) = path.rsplit_once('/') else {
        return;
    };
    let first = path.split('/').next().unwrap_or(path);
    let produced = ctx.repo.is_kind(file, "artifact") || first == "agent-output";
    if produced || !names.has_folder(file, first) {
        return;
    }
    let elsewhere = match names.named(name) {
        [one] if one.rsplit('/').count() > 1 => Some(*one),
        _ => None,
    };
    // A folder that is there and lacks the file is a slip; one that is not may be made later.
    if elsewhere.is_none() && !names.has_folder(file, folder) {
        return;
    }
    // One agent may write what another is to read.
    let mut texts = ctx.repo.of_kind("agent-text");
    if texts.any(|other| is_written(other.text(), path)) {
        return;
    }
    let near = elsewhere.map(str::to_owned).or_else(|| {
        let files = ctx.repo.files().iter().map(|file| file.path.as_str());
        let beside = files.filter_map(|known| known.strip_prefix(folder)?.strip_prefix('/'));
        let near = nearest(name, beside.filter(|rest| !rest.contains('/')))?;
        Some(format!("{folder}/{near}"))
    });
    let message = format!("agents are told to read `{path}`, which is not there");
    let finding = out.report(file.at(&target.span), message);
    let Some(near) = near else {
        finding.help("Name a file that exists, or take the order to read it away.");
        return;
    };
    let inner = Span::new(target.span.start as usize + 1, target.span.end as usize - 1);
    finding.help(format!("Did you mean `{near}`?")).fix(Fix {
        title: format!("Name `{near}`"),
        applicability: Applicability::Unsafe,
        edits: vec![file.edit(inner, near)],
    });
}
