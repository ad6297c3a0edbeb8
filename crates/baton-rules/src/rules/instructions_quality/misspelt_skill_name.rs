//! Skills that texts tell agents to use are spelt as they are called.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use baton_repo::File;
use baton_source::{Applicability, Fix, Span, nearest_within};
use regex::Regex;

use crate::support::agent_text::{is_forbidden, pattern};
use crate::support::skills::conventions;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

/// More letters than these make another name.
const EDITS: usize = 2;

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let names: BTreeSet<&str> = ctx
        .repo
        .skills()
        .iter()
        .flat_map(|skill| {
            let folder = skill.folder.rsplit('/').next();
            let name = skill.name.as_ref().map(|name| name.value.trim());
            [folder, name].into_iter().flatten()
        })
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() {
        return;
    }
    let texts: Vec<&File> = ctx.repo.of_kind("agent-text").collect();
    let mut others: Option<BTreeSet<&str>> = None;
    for file in texts {
        for at in named(file) {
            let name = at.of(file.text());
            let retired = conventions(ctx).retired.contains_key(name);
            if retired || names.contains(name) {
                continue;
            }
            let Some(meant) = nearest_within(name, EDITS, names.iter().copied()) else {
                continue;
            };
            // What has the name of a file is spelt right.
            let others = others.get_or_insert_with(|| stems(ctx));
            if !others.contains(name) {
                report(file, (at, name, meant), out);
            }
        }
    }
}

/// The names of files, without what follows the first dot.
fn stems<'c>(ctx: &Ctx<'c>) -> BTreeSet<&'c str> {
    let names = ctx.repo.files().iter().map(|file| file.path.name());
    names.filter_map(|name| name.split('.').next()).collect()
}

/// The skills that a text tells to use.
fn named(file: &File) -> Vec<Span> {
    let text = file.text();
    let body = file.body();
    let found = NAMED.captures_iter(body.of(text));
    let names = found.filter_map(|found| found.get(1).or_else(|| found.get(2)));
    names
        .map(|name| Span::new(name.start(), name.end()).shifted(body.start as usize))
        .filter(|at| !file.markdown().is_code(at.start) && !is_forbidden(text, at.start))
        .collect()
}

fn report(file: &File, (at, name, meant): (Span, &str, &str), out: &mut Findings) {
    out.report(file.at(&at), format!("there is no skill `{name}`"))
        .help(format!("Did you mean `{meant}`?"))
        .fix(Fix {
            title: format!("Write `{meant}`"),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(at, meant)],
        });
}

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:use|load|read|invoke|follow|apply|run|activate)\s+(?:the\s+)?(?:skill\s+`([a-z0-9]+(?:-[a-z0-9]+)+)`|`([a-z0-9]+(?:-[a-z0-9]+)+)`\s+skill\b)",
    )
});
