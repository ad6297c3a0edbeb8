//! Who names which skill, and which reference of one.

use std::collections::BTreeSet;

use baton_source::RepoPath;

use super::docs;
use super::link_targets::{Class, decoded, targets};
use crate::{Ctx, File};

/// Parts of a skill's folder that a text may name instead of its `SKILL.md`.
const PARTS: &[&str] = &["/SKILL.md", "/references/", "/templates/"];

/// Agents and instructions, and what every agent reads.
pub(crate) fn guides<'c>(ctx: &'c Ctx<'_>) -> impl Iterator<Item = &'c File> {
    let kinds = ["agent", "subagent", "instruction", "copilot-instructions"];
    let files = kinds.into_iter().flat_map(|kind| ctx.repo.of_kind(kind));
    files.chain(ctx.repo.file("AGENTS.md"))
}

/// The names of skills that a text may mean: in paths to their files, and alone in code; loosely
/// also names before any slash.
pub(crate) fn named(text: &str, loosely: bool) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for folder in docs::paths(text, "skills/") {
        let start = folder.end as usize;
        let name = docs::word(text, start);
        let rest = text.get(start + name.len()..).unwrap_or("");
        if loosely || PARTS.iter().any(|part| rest.starts_with(part)) {
            names.insert(name);
        }
    }
    names.extend(text.split('`').skip(1).filter(|piece| is_name(piece)));
    if loosely {
        let ends = text.match_indices('/').map(|(at, _)| at);
        names.extend(ends.map(|end| last_word(text.get(..end).unwrap_or(""))));
    }
    names
}

/// References of skills as texts name them: folder of the skill and file, without `.md`.
pub(crate) type Cited<'t> = BTreeSet<(&'t str, &'t str)>;

/// The references that a text names: with their skill before them, or of the text's own skill.
pub(crate) fn cited<'t>(text: &'t str, own: Option<&'t str>) -> Cited<'t> {
    let mut found = BTreeSet::new();
    for (at, folder) in text.match_indices("references/") {
        let before = text.get(..at).unwrap_or("");
        let skill = match before.strip_suffix('/').map(last_word) {
            Some(word) if !word.is_empty() => Some(word),
            _ => own,
        };
        let name = file_name(text.get(at + folder.len()..).unwrap_or(""));
        found.extend(skill.map(|skill| (skill, name)));
    }
    found
}

/// The paths that the links of a file lead to.
pub(crate) fn linked(file: &File) -> BTreeSet<RepoPath> {
    let all = targets(file).into_iter();
    let relative = all.filter(|target| target.class() == Class::Relative);
    let paths = relative.filter_map(|target| file.path.join(&decoded(target.path())));
    paths.filter(|path| *path != file.path).collect()
}

/// Whether a text names a file alone in code.
pub(crate) fn names_in_code(text: &str, name: &str) -> bool {
    text.split('`').skip(1).any(|piece| piece == name)
}

fn is_name(piece: &str) -> bool {
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
    !piece.is_empty() && piece.chars().all(is_part)
}

/// The word of letters, digits, `-` and `_` at the end of a text.
fn last_word(text: &str) -> &str {
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
    let start = text.trim_end_matches(is_part).len();
    text.get(start..).unwrap_or("")
}

/// The name of a file at the beginning of a text, without `.md`.
fn file_name(text: &str) -> &str {
    let is_part = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '.');
    let end = text.find(|it| !is_part(it)).unwrap_or(text.len());
    let name = text.get(..end).unwrap_or("").trim_end_matches('.');
    name.strip_suffix(".md").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{cited, named};

    #[test]
    fn names_stand_in_paths_and_in_code() {
        let names = |text, loosely| named(text, loosely).into_iter().collect::<Vec<_>>();
        let text =
            "Read `.github/skills/a-b/SKILL.md`, skills/c/references/x.md, `d` and skills/e.";
        assert_eq!(names(text, false), ["a-b", "c", "d"]);
        assert_eq!(names("skills/e and f/ here", true), ["e", "f", "skills"]);
        assert!(names("`d e` skills/f/scripts", false).is_empty());
    }

    #[test]
    fn references_stand_behind_their_skill_or_in_it() {
        let found = |text, own| cited(text, own).into_iter().collect::<Vec<_>>();
        let text = "skills/a/references/x.md, `references/y`, ../b/references/z.md#part.";
        assert_eq!(
            found(text, Some("own")),
            [("a", "x"), ("b", "z"), ("own", "y")]
        );
        assert_eq!(found("references/y.md.", None), []);
    }
}
