//! What a run made of a repository, kept for the next run over the same paths.
//!
//! A save changes one file; what the rules said of all others holds still, unless one of them
//! reads that file. Which do is told as for every change, by `plan`.

use std::collections::{BTreeMap, BTreeSet};

use baton_repo::{File, Repo, RepoError};
use baton_rules::{Ctx, Rule};
use baton_source::FileId;

use crate::judge::{Judged, judge_some};
use crate::plan::{Judges, Plan, plan};
use crate::{Changed, CheckConfig, widen};

/// What the rules made of files and of the repository.
#[derive(Default)]
pub struct Recall {
    /// What changed since; `None` means that anything may have.
    pub changed: Option<Changed>,
    of_files: BTreeMap<FileId, Judged>,
    of_repo: BTreeMap<&'static str, Judged>,
}

/// What must be judged again.
pub(crate) struct Stale {
    files: BTreeSet<FileId>,
    rules: BTreeSet<&'static str>,
}

impl Recall {
    /// What of the last run holds no more; `None` when nothing of it does.
    pub(crate) fn stale(
        &mut self,
        repo: &Repo,
        config: &CheckConfig,
    ) -> Result<Option<Stale>, RepoError> {
        let Some(changed) = self.changed.take().filter(|changed| !changed.moved) else {
            return Ok(None);
        };
        let (scope, widened) = widen(repo, config, changed, &[])?;
        if widened.is_some() {
            return Ok(None);
        }
        let plan = plan(repo, config, &scope)?;
        let files = plan.files.iter().chain(&plan.again);
        Ok(Some(Stale {
            files: files.map(|(file, _)| file.id).collect(),
            rules: plan.repo_rules.iter().map(|rule| rule.meta.slug).collect(),
        }))
    }

    /// Judges what is stale and gives all there is.
    pub(crate) fn judge(
        &mut self,
        ctx: &Ctx<'_>,
        plan: &Plan<'_>,
        stale: Option<&Stale>,
    ) -> Vec<Judged> {
        if stale.is_none() {
            (self.of_files, self.of_repo) = (BTreeMap::new(), BTreeMap::new());
        }
        let files = plan.files.iter().filter(|(file, _)| {
            let is_stale = stale.is_none_or(|stale| stale.files.contains(&file.id));
            is_stale || !self.of_files.contains_key(&file.id)
        });
        let files: Vec<&(&File, Judges)> = files.collect();
        let rules = plan.repo_rules.iter().copied().filter(|rule| {
            let slug = rule.meta.slug;
            let is_stale = stale.is_none_or(|stale| stale.rules.contains(slug));
            is_stale || !self.of_repo.contains_key(slug)
        });
        let rules: Vec<&'static Rule> = rules.collect();
        let (of_files, of_repo) = judge_some(ctx, &files, &rules);
        let ids = files.iter().map(|(file, _)| file.id);
        self.of_files.extend(ids.zip(of_files));
        let slugs = rules.iter().map(|rule| rule.meta.slug);
        self.of_repo.extend(slugs.zip(of_repo));
        let all = self.of_files.values().chain(self.of_repo.values());
        all.cloned().collect()
    }
}
