//! What a run looks at, and what of it links may miss.

use std::collections::{BTreeMap, BTreeSet};

use baton_repo::{Changes, File, Repo};
use baton_source::RepoPath;
use baton_syntax::front_matter::{Split, split};
use baton_syntax::markdown::{fragments, parse};

/// What a run looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The whole repository.
    All,
    /// Some files, and what rules over the whole repository find because of them.
    Changed(Changed),
}

/// Some files of a repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Their paths; those of files that are gone count.
    pub paths: Vec<RepoPath>,
    /// Those of them that may have lost what links lead to: files that name them are judged, too.
    pub lost: BTreeSet<RepoPath>,
    /// Whether paths came or went.
    pub moved: bool,
}

/// What changed files held before.
#[derive(Debug, Clone, Default)]
pub struct Before {
    /// By path: the texts, from one base or several. `None` is one that could not be read; a file
    /// that was not there has none.
    pub texts: BTreeMap<RepoPath, Vec<Option<String>>>,
}

impl Scope {
    /// The files that are judged one by one, in path order.
    pub(crate) fn files<'a>(&self, repo: &'a Repo) -> Vec<&'a File> {
        match self {
            Scope::All => repo.files().iter().collect(),
            Scope::Changed(changed) => {
                let paths = changed.paths.iter();
                let mut files: Vec<&File> =
                    paths.filter_map(|path| repo.file(path.as_str())).collect();
                files.sort_unstable_by_key(|file| file.id);
                files.dedup_by_key(|file| file.id);
                files
            }
        }
    }
}

impl Before {
    /// Takes over what files held in another base.
    pub fn extend(&mut self, other: Before) {
        for (path, texts) in other.texts {
            self.texts.entry(path).or_default().extend(texts);
        }
    }
}

impl Changed {
    /// Files that somebody names, whether they changed or not.
    pub fn named(paths: Vec<RepoPath>) -> Changed {
        Changed {
            paths,
            ..Changed::default()
        }
    }

    /// Files that changed nobody knows how.
    pub fn unknown(paths: Vec<RepoPath>) -> Changed {
        let lost = paths.iter().cloned().collect();
        Changed {
            paths,
            lost,
            moved: true,
        }
    }

    /// Files that hold another text now: links to them may be missed, or be found again.
    pub fn rewritten(paths: Vec<RepoPath>) -> Changed {
        Changed {
            moved: false,
            ..Changed::unknown(paths)
        }
    }

    /// Files that changed, with what they held before.
    pub fn since(repo: &Repo, changes: &Changes, before: &Before) -> Changed {
        let paths = changes.paths();
        let is_lost = |path: &&RepoPath| {
            let Some(file) = repo.file(path.as_str()) else {
                return true;
            };
            let texts = before.texts.get(*path).into_iter().flatten();
            !texts
                .into_iter()
                .all(|text| text.as_ref().is_some_and(|text| keeps(file, text)))
        };
        let lost = paths.iter().filter(is_lost).cloned().collect();
        let moved = !changes.new.is_empty() || !changes.gone.is_empty();
        Changed { paths, lost, moved }
    }
}

/// Whether every link that led to a place in a file when it held another text still does.
fn keeps(file: &File, before: &str) -> bool {
    let block = split(before);
    let body = block.found().map_or(0, |block| block.body);
    let head = |text: &str, split: &Split| {
        let block = split.found().map(|block| block.yaml);
        block.map(|block| block.of(text).to_owned())
    };
    // Front matter may name a page, and imports may bring in headings.
    let imports = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.starts_with("import "));
        lines.map(str::to_owned).collect()
    };
    head(before, &block) == head(file.text(), file.split())
        && imports(before) == imports(file.text())
        && fragments(before, &parse(before, body))
            .is_subset(&fragments(file.text(), file.markdown()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use baton_repo::{Changes, Memory, Options, Repo};

    use super::{Before, Changed};

    const NOW: &str = "---\ntitle: A\n---\n# One\n\n## Two\n";

    fn is_lost(before: &[Option<&str>]) -> bool {
        let source = Memory::new([("a.md", NOW)]);
        let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
        let mut held = Before::default();
        let texts = before.iter().map(|text| text.map(str::to_owned)).collect();
        held.texts.insert("a.md".into(), texts);
        let changes = Changes {
            present: ["a.md".into()].into(),
            ..Changes::default()
        };
        let changed = Changed::since(&repo, &changes, &held);
        !changed.lost.is_empty()
    }

    #[test]
    fn what_lost_a_heading_may_be_missed() {
        assert!(is_lost(&[Some("---\ntitle: A\n---\n# One\n\n## Three\n")]));
        assert!(is_lost(&[
            Some(NOW),
            Some("---\ntitle: A\n---\n<a id=\"x\"></a>\n")
        ]));
        assert!(is_lost(&[Some("---\nslug: b\n---\n# One\n\n## Two\n")]));
        assert!(is_lost(&[None]));
    }

    #[test]
    fn new_text_and_new_files_lose_nothing() {
        assert!(!is_lost(&[]));
        assert!(!is_lost(&[Some("---\ntitle: A\n---\n# One\n")]));
        assert!(!is_lost(&[Some(
            "---\ntitle: A\n---\nText\n\n## Two\n\n# One\n"
        )]));
    }

    #[test]
    fn what_is_gone_is_lost_and_what_is_named_is_not() {
        let source = Memory::new([("a.md", NOW)]);
        let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
        let changes = Changes {
            gone: ["b.md".into()].into(),
            ..Changes::default()
        };
        let gone = Changed::since(&repo, &changes, &Before::default());
        assert_eq!((gone.lost.len(), gone.moved), (1, true));
        assert!(Changed::named(vec!["b.md".into()]).lost.is_empty());
    }
}
