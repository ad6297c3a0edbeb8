//! One run of a watch after another: what a save did not touch is neither read nor judged again.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Result;
use baton_check::{Changed, Recall, Scope};
use baton_repo::Repo;
use baton_source::RepoPath;

use super::check::{self, Run};
use super::{notices, outside};
use crate::cli::CheckArgs;
use crate::exit::Verdict;

/// What is kept of the last run.
pub(super) struct Kept {
    repo: Repo,
    recall: Recall,
    /// What it was configured to do; with another configuration nothing of it holds.
    told: String,
}

/// Runs; `saved` are the files that were written since, when nothing else happened.
pub(super) fn run(
    args: &CheckArgs,
    kept: &mut Option<Kept>,
    saved: Option<&BTreeSet<RepoPath>>,
) -> Result<Verdict> {
    // What stops a run leaves nothing to go on from.
    let before = kept.take();
    let run = check::prepared(args.clone())?;
    let run = Run { again: true, ..run };
    if !is_of_everything(&run) {
        return check::run(&run);
    }
    let told = format!("{:?} {:?}", run.config, run.project.config.repository);
    let same = before.filter(|kept| kept.told == told);
    let mut now = match same.zip(saved) {
        Some((kept, saved)) => renewed(kept, saved),
        None => Kept {
            repo: Repo::open(Arc::clone(&run.source), &run.project.config.repository)?,
            recall: Recall::default(),
            told,
        },
    };
    notices::before(&run, &now.repo);
    let report = outside::judge_again(&run, &now.repo, &mut now.recall)?;
    let verdict = check::tell(&run, &now.repo, (&Scope::All, &report));
    *kept = Some(now);
    verdict
}

/// Whether a run judges the whole work tree and changes nothing.
fn is_of_everything(run: &Run) -> bool {
    let changes = run.args.diff || run.args.fix;
    !changes && run.range.is_none() && run.targets.is_empty() && run.project.source.is_none()
}

fn renewed(mut kept: Kept, saved: &BTreeSet<RepoPath>) -> Kept {
    let renewed = kept.repo.renew(saved);
    kept.recall.changed = Some(Changed::rewritten(renewed));
    kept
}
