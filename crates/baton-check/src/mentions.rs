//! Files that name what changed: rules about links judge them again.
//!
//! A rule says so by reading `@mentioned`. What counts is a path that is gone, or one that the
//! rule judges itself and that may have lost headings. A name is searched for in the text, so a
//! file too many may be judged and none is missed; nothing is parsed for it.

use std::collections::BTreeSet;

use baton_repo::{File, Repo, RepoError};
use baton_rules::{Check, Rule};
use baton_source::RepoPath;

use crate::Changed;
use crate::plan::{Judges, Table};

/// What such a rule reads.
const MENTIONED: &str = "@mentioned";

/// So many names are searched for; with more of them every file is judged.
const MANY: usize = 24;

/// What may follow the plain part of a name in a link.
const AFTER: &[u8] = b"./#?)\"'>%&+~!(,;=@\r\n";

/// Files that are named for the folder they lie in.
const NAMELESS: &[&str] = &["index", "readme", "skill"];

/// The files that name one of the changed paths and did not change themselves, in order, with
/// the rules that judge them.
pub(crate) fn mentioning<'a>(
    repo: &'a Repo,
    rules: &[&'static Rule],
    changed: &Changed,
) -> Result<Vec<(&'a File, Judges)>, RepoError> {
    if changed.lost.is_empty() {
        return Ok(Vec::new());
    }
    let rules = rules.iter().filter(|rule| follows_links(rule));
    let rules: Vec<&'static Rule> = rules.copied().collect();
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    let table = Table::new(repo, &rules, |rule| rule.meta.files.iter())?;
    let decides =
        |path: &&RepoPath| repo.file(path.as_str()).is_none() || !table.rules(path).is_empty();
    let deciding = changed.lost.iter().filter(decides);
    let names: BTreeSet<String> = deciding.flat_map(|path| names(repo, path)).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let every = names.len() > MANY || names.contains("");
    let mut found = Vec::new();
    for file in repo.files() {
        let judges = table.rules(&file.path).into_iter();
        let judges: Judges = judges.filter_map(|at| rules.get(at).copied()).collect();
        if !judges.is_empty()
            && !changed.paths.contains(&file.path)
            && (every || mentions(file.text(), &names))
        {
            found.push((file, judges));
        }
    }
    Ok(found)
}

/// Whether a rule over single files judges those that name what changed.
pub(crate) fn follows_links(rule: &Rule) -> bool {
    matches!(rule.check, Check::File(_)) && rule.meta.reads.contains(&MENTIONED)
}

fn mentions(text: &str, names: &BTreeSet<String>) -> bool {
    let text = text.to_ascii_lowercase();
    names.iter().any(|name| {
        let mut found = text.match_indices(name.as_str());
        found.any(|(at, _)| {
            let next = text.as_bytes().get(at + name.len());
            next.is_none_or(|next| AFTER.contains(next))
        })
    })
}

/// What a text that leads to a path must hold, in lower case: of its name and of those of
/// folders that went with it, the longest part that links write as it is.
fn names(repo: &Repo, path: &RepoPath) -> Vec<String> {
    let name = path.name();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = if stem.is_empty() { name } else { stem };
    let mut names = vec![plain(stem)];
    let mut folder = RepoPath::new(path.parent());
    let mut is_own = NAMELESS.contains(&stem.to_ascii_lowercase().as_str());
    while !folder.as_str().is_empty() && (is_own || !repo.has_folder(folder.as_str())) {
        names.push(plain(folder.name()));
        folder = RepoPath::new(folder.parent());
        is_own = false;
    }
    names
}

fn plain(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let parts = name.split(|c| !is_plain(c));
    let longest = parts.max_by_key(|part| part.len()).unwrap_or_default();
    longest.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use baton_repo::{Memory, Options, Repo};
    use baton_rules::RULES;

    use super::mentioning;
    use crate::Changed;

    fn judged(changed: &[&str]) -> Vec<String> {
        let files = [
            ("README.md", "[a](docs/Guide.md) [b](img/)"),
            ("docs/guide.md", "# Guide"),
            ("docs/other.md", "[c](my%20plan.md)"),
            ("src/main.rs", "// guide"),
        ];
        let repo = Repo::open(Arc::new(Memory::new(files)), &Options::default()).unwrap();
        let rules: Vec<_> = RULES.iter().collect();
        let changed = changed.iter().map(|path| (*path).into()).collect();
        let changed = Changed::unknown(changed);
        let found = mentioning(&repo, &rules, &changed).unwrap().into_iter();
        found.map(|(file, _)| file.path.to_string()).collect()
    }

    #[test]
    fn files_that_name_what_changed_are_judged_again() {
        assert_eq!(judged(&["docs/guide.md"]), ["README.md"]);
        assert_eq!(judged(&["docs/my plan.md"]), ["docs/other.md"]);
        assert_eq!(judged(&["img/a.png"]), ["README.md"]);
        assert_eq!(judged(&["old/docs-9/index.md"]).len(), 0);
        assert!(judged(&["src/main.rs"]).is_empty());
        assert!(judged(&["README.md"]).is_empty());
    }
}
