//! `SKILL.md` itself leads to every reference.

use baton_source::{RepoPath, Span};

use crate::support::link_targets::{Class, decoded, targets};
use crate::support::skill_mentions::{cited, linked};
use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !skills::conventions(ctx).specification || file.path.name() == "SKILL.md" {
        return;
    }
    let Some(skill) = skill_of(ctx, file) else {
        return;
    };
    if !skills::is_judged(ctx, skill) {
        return;
    }
    let known = linked(skill);
    if !known.contains(&file.path) {
        return;
    }
    let folder = skills::folder(skill);
    let names = cited(skill.text(), Some(""));
    for target in targets(file) {
        if target.class() != Class::Relative {
            continue;
        }
        let path = file.path.join(&decoded(target.path()));
        let Some(path) = path.filter(|path| has_extension(path, "md")) else {
            continue;
        };
        let stem = path.name().trim_end_matches(".md");
        let is_deeper = path != file.path
            && path != skill.path
            && path.as_str().starts_with(folder)
            && ctx.repo.file(path.as_str()).is_some()
            && !known.contains(&path)
            && !names.iter().any(|(_, name)| *name == stem)
            && !skill.text().contains(path.name());
        if is_deeper {
            let message = format!(
                "`SKILL.md` leads to `{}` only through this file",
                path.name()
            );
            let named: Span = target.span;
            out.report(file.at(&named), message)
                .help("Link it from `SKILL.md` too: agents read nested references in part.");
        }
    }
}

/// Whether the name of a path ends in an extension.
fn has_extension(path: &RepoPath, extension: &str) -> bool {
    let found = path.name().rsplit_once('.');
    found.is_some_and(|(_, found)| found == extension)
}

/// The `SKILL.md` of the skill that a text belongs to: in its folder or one above.
fn skill_of<'c>(ctx: &'c Ctx<'_>, file: &File) -> Option<&'c File> {
    let mut folder = file.path.parent();
    for _ in 0..3 {
        if folder.is_empty() {
            return None;
        }
        if let Some(skill) = ctx.repo.file(&format!("{folder}/SKILL.md")) {
            return Some(skill);
        }
        folder = folder.rsplit_once('/')?.0;
    }
    None
}
