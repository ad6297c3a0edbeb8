//! Codex reads every AGENTS.md of a folder and of those above it to the end.

use std::collections::BTreeMap;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

/// The bytes Codex reads unless its configuration says otherwise.
const DEFAULT: usize = 32 * 1024;

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let max = configured(ctx).unwrap_or(DEFAULT);
    let mut chosen: BTreeMap<&str, &File> = BTreeMap::new();
    for file in ctx.repo.of_kind("agents-file") {
        let blank = file.problem().is_some() || file.text().trim().is_empty();
        // The override comes after the other in path order and wins.
        let overrides = |other: &&File| other.path.name() == "AGENTS.override.md";
        let known = chosen.get(file.path.parent()).is_some_and(overrides);
        // What lies beside a skill is part of it; nobody works there.
        let skill = file.path.join("SKILL.md");
        let bundled = skill.is_some_and(|path| ctx.repo.file(path.as_str()).is_some());
        if !blank && !known && !bundled {
            chosen.insert(file.path.parent(), file);
        }
    }
    for (folder, file) in &chosen {
        let above: Vec<&File> = chain(&chosen, folder).collect();
        let before: usize = above.iter().map(|file| file.text().len()).sum();
        let all = before + file.text().len();
        // Below a chain that is too long already, nothing new is wrong.
        if all <= max || before > max {
            continue;
        }
        let message = format!("Codex stops after {max} bytes, and up to here there are {all}");
        let found = out.report(file.whole(), message);
        found.help("Shorten the files, or set `project_doc_max_bytes` in `.codex/config.toml`.");
        for file in above {
            let message = format!("{} bytes come first", file.text().len());
            found.label(file.whole(), message);
        }
    }
}

/// The files of the folders above a folder, from the root down.
fn chain<'a>(
    chosen: &'a BTreeMap<&str, &'a File>,
    folder: &'a str,
) -> impl Iterator<Item = &'a File> {
    let root = chosen.get("").filter(|_| !folder.is_empty());
    let slashes = folder.match_indices('/');
    let above = slashes.filter_map(|(at, _)| chosen.get(folder.get(..at)?));
    root.into_iter().chain(above).copied()
}

/// The limit in the configuration of Codex.
fn configured(ctx: &Ctx<'_>) -> Option<usize> {
    let file = ctx.repo.file(".codex/config.toml")?;
    let values = file.text().lines().filter_map(|line| line.split_once('='));
    let mut limits = values.filter(|(key, _)| key.trim() == "project_doc_max_bytes");
    let (_, value) = limits.next()?;
    let digits = value.split('#').next()?.trim().replace('_', "");
    digits.parse().ok()
}
