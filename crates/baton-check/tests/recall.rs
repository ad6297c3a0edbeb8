//! A run that goes on from the last one finds what a run over everything finds.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use baton_check::{Changed, CheckConfig, Recall, Scope, check, check_again, select};
use baton_repo::source::Listed;
use baton_repo::{Date, FileMode, FileSource, Options, Repo, RepoError, Worktree};
use baton_source::RepoPath;

/// Files whose texts can be changed.
struct Edited {
    base: Worktree,
    texts: Mutex<BTreeMap<RepoPath, Vec<u8>>>,
}

impl FileSource for Edited {
    fn list(&self) -> Result<Vec<Listed>, RepoError> {
        self.base.list()
    }

    fn read(&self, path: &RepoPath, limit: usize) -> Result<Vec<u8>, RepoError> {
        let text = self.texts.lock().unwrap().get(path).cloned();
        text.map_or_else(|| self.base.read(path, limit), Ok)
    }

    fn mode(&self, path: &RepoPath) -> Option<FileMode> {
        self.base.mode(path)
    }
}

/// One file of so many is edited; each costs a run over everything.
const SPARSELY: usize = 7;

/// Another text for a file, of the kinds that saves make.
fn edited(text: &str, number: usize) -> String {
    let half = text.lines().count() / 2;
    let lines = text.lines();
    match number % 3 {
        0 => lines.take(half).flat_map(|line| [line, "\n"]).collect(),
        1 => text.replace('1', "7").replace("shop", "shed"),
        _ => lines.skip(half).flat_map(|line| [line, "\n"]).collect(),
    }
}

fn open(source: &Arc<Edited>) -> Repo {
    let source: Arc<dyn FileSource> = Arc::<Edited>::clone(source);
    Repo::open(source, &Options::default()).unwrap()
}

#[test]
fn a_save_finds_what_a_run_over_everything_finds() {
    for (name, step) in [("june-clean", SPARSELY), ("june-broken", 3)] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/repos");
        let source = Arc::new(Edited {
            base: Worktree::new(root.join(name), 2),
            texts: Mutex::default(),
        });
        let today = "2026-11-21".parse::<Date>().unwrap();
        let config = CheckConfig::new(select(&[], &[]).unwrap(), today);
        let mut repo = open(&source);
        let mut recall = Recall::default();
        check_again(&repo, &config, None, &mut recall).unwrap();
        let paths: Vec<RepoPath> = repo.files().iter().map(|file| file.path.clone()).collect();
        let mut last: Option<RepoPath> = None;
        for (number, path) in paths.iter().step_by(step).enumerate() {
            let base = source.base.read(path, 1 << 20).unwrap();
            let Ok(text) = String::from_utf8(base) else {
                continue;
            };
            // The file before this one becomes what it was again.
            let mut texts = source.texts.lock().unwrap();
            let written = edited(&text, number).into_bytes();
            *texts = [(path.clone(), written)].into();
            drop(texts);
            let saved: BTreeSet<RepoPath> = last.take().into_iter().chain([path.clone()]).collect();
            last = Some(path.clone());
            recall.changed = Some(Changed::rewritten(repo.renew(&saved)));

            let resumed = check_again(&repo, &config, None, &mut recall).unwrap();
            let fresh = open(&source);
            let whole = check(&fresh, &config, &Scope::All).unwrap();
            assert_eq!(
                (format!("{:#?}", resumed.findings), resumed.failures),
                (format!("{:#?}", whole.findings), whole.failures),
                "{name}: {path}"
            );
            assert_eq!(
                (
                    resumed.per_check,
                    resumed.suppressed.len(),
                    resumed.undecided
                ),
                (whole.per_check, whole.suppressed.len(), whole.undecided),
                "{name}: {path}"
            );
        }
    }
}
