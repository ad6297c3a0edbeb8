//! A folder among skills has a `SKILL.md`.

use std::collections::BTreeMap;

use baton_source::Severity;

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

/// Names of folders that skills share.
const SHARED: &[&str] = &[
    "lib",
    "shared",
    "common",
    "templates",
    "template",
    "scripts",
    "assets",
    "references",
    "node_modules",
    "docs",
    "tests",
    "evals",
];

/// What is known of a folder.
struct Folder<'f> {
    first: &'f File,
    /// A file of another case.
    miscased: Option<&'f File>,
    /// Whether a `SKILL.md` lies in it or below it.
    has_skill: bool,
}

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let severity = match skills::conventions(ctx).missing_file.as_deref() {
        Some("error") => Severity::Error,
        Some(_) => Severity::Warning,
        None => return,
    };
    let mut folders: BTreeMap<&str, Folder<'_>> = BTreeMap::new();
    for file in ctx.repo.of_kind("skill-folder") {
        let Some((folder, rest)) = split(file.path.as_str()) else {
            continue;
        };
        let known = folders.entry(folder).or_insert(Folder {
            first: file,
            miscased: None,
            has_skill: false,
        });
        let name = file.path.name();
        known.has_skill |= name == "SKILL.md";
        if rest.eq_ignore_ascii_case("SKILL.md") && name != "SKILL.md" {
            known.miscased = Some(file);
        }
    }
    for (path, folder) in folders.iter().filter(|(_, folder)| !folder.has_skill) {
        let (file, message, help) = match folder.miscased {
            Some(file) => (
                file,
                format!("`{}` is not `SKILL.md`", file.path.name()),
                "Rename the file: the case of its letters matters.",
            ),
            None => (
                folder.first,
                format!("the folder `{path}` has no `SKILL.md`"),
                "Write a `SKILL.md`, or move the files out of the folder of skills.",
            ),
        };
        out.report(file.whole(), message)
            .severity(severity)
            .help(help);
    }
}

/// The folder of a skill and what follows in the path; `None` for folders that are for all.
fn split(path: &str) -> Option<(&str, &str)> {
    let start = path.find("/skills/")? + "/skills/".len();
    let (name, rest) = path.get(start..)?.split_once('/')?;
    let is_shared = name.starts_with(['_', '.']) || SHARED.contains(&name);
    if is_shared {
        return None;
    }
    Some((path.get(..start + name.len())?, rest))
}
