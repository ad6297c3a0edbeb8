//! The index of the documentation lists agents and skills that exist.

use std::collections::BTreeSet;

use baton_repo::Repo;
use baton_source::{Span, nearest};
use baton_syntax::markdown::{self, Cell};

use crate::support::docs;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("docs-index") {
        judge(file, ("Agents", "agent"), &agents(ctx.repo), out);
        judge(file, ("Skills", "skill"), &skills(ctx.repo), out);
    }
}

fn judge(file: &File, (title, thing): (&str, &str), known: &BTreeSet<String>, out: &mut Findings) {
    let outline = file.markdown();
    let Some(heading) = outline.h2().find(|it| it.text.starts_with(title)) else {
        return;
    };
    let tables = markdown::within(&outline.tables, outline.section(heading));
    let cells = tables
        .iter()
        .flat_map(|table| &table.rows)
        .filter_map(|row| row.first());
    for (name, span) in cells.filter_map(code) {
        if known.contains(&name.to_lowercase()) {
            continue;
        }
        let finding = out.report(file.at(&span), format!("there is no {thing} `{name}`"));
        match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => finding.help(format!("Write `{near}`, or remove the row.")),
            None => finding.help("Remove the row."),
        };
    }
}

/// The name in a cell that holds nothing but code.
fn code(cell: &Cell) -> Option<(&str, Span)> {
    let name = cell.raw.strip_prefix('`')?.strip_suffix('`')?;
    let is_name = name
        .chars()
        .all(|it| it.is_alphanumeric() || matches!(it, '-' | '_'));
    let start = cell.span.start as usize + 1;
    (is_name && !name.is_empty()).then(|| (name, Span::new(start, start + name.len())))
}

/// The names of agents, with and without the number before them.
fn agents(repo: &Repo) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in repo.of_kind("agent").chain(repo.of_kind("subagent")) {
        let Some(name) = file.path.name().strip_suffix(".agent.md") else {
            continue;
        };
        let name = name.to_lowercase();
        let rest = name.trim_start_matches(|it: char| it.is_ascii_digit());
        let bare = rest
            .strip_prefix(['b', 't'])
            .and_then(|rest| rest.strip_prefix('-'));
        if let Some(bare) = bare.or(rest.strip_prefix('-')).filter(|_| rest != name) {
            names.insert(bare.to_owned());
        }
        names.insert(name);
    }
    names
}

fn skills(repo: &Repo) -> BTreeSet<String> {
    let folders = docs::skill_folders(repo).into_iter();
    folders.map(str::to_lowercase).collect()
}
