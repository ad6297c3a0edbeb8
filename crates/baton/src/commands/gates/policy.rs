//! Who decides at gates, as the base branch says it: no change can appoint its own approvers.

use std::io;
use std::path::{Component, Path};

use anyhow::{Context as _, Result};
use baton_flow::gate::GatePolicy;
use baton_repo::{FileSource, Git, GitTree};
use baton_source::RepoPath;

use crate::config::{self, Config, FILE_NAME};

/// Local branches that others start from where no remote tells.
const USUAL: &[&str] = &["refs/heads/main", "refs/heads/master", "refs/heads/develop"];

/// A policy, and which text says it.
pub(super) struct Policy {
    pub(super) gates: GatePolicy,
    /// Such as `refs/remotes/origin/main`.
    pub(super) from: String,
    /// Why it is not the base branch's.
    pub(super) remark: Option<&'static str>,
}

/// The policy that holds for the repository at `root`.
pub(super) fn policy(root: &Path) -> Result<Policy> {
    let Some((git, head)) = committed(root)? else {
        let file = root.join(FILE_NAME);
        let config = if file.exists() {
            config::load(&file)?
        } else {
            Config::default()
        };
        return Ok(Policy {
            gates: config.gates,
            from: "the work tree".to_owned(),
            remark: Some("there is no commit to take it from"),
        });
    };
    let remote = head.remote.as_deref().unwrap_or("origin");
    let base = match git.default_branch(remote, None)? {
        Some(branch) => Some(branch),
        None => local_branch(&git)?,
    };
    let remark = base.is_none().then_some("there is no base branch here");
    let from = base.unwrap_or_else(|| "HEAD".to_owned());
    let commit = git.commit(&from)?;
    let commit = commit.with_context(|| format!("`{from}` leads to no commit"))?;
    let tree = GitTree::open(root, &commit)?;
    let config = configured(root, &tree).with_context(|| format!("in `{from}`"))?;
    Ok(Policy {
        gates: config.gates,
        from,
        remark,
    })
}

fn committed(root: &Path) -> Result<Option<(Git, baton_repo::Head)>> {
    let Ok(git) = Git::open(root) else {
        return Ok(None);
    };
    let head = git.head()?;
    Ok(head.map(|head| (git, head)))
}

fn local_branch(git: &Git) -> Result<Option<String>> {
    for branch in USUAL {
        if git.commit(branch)?.is_some() {
            return Ok(Some((*branch).to_owned()));
        }
    }
    Ok(None)
}

fn configured(root: &Path, tree: &dyn FileSource) -> Result<Config> {
    if tree.mode(&RepoPath::new(FILE_NAME)).is_none() {
        return Ok(Config::default());
    }
    let reader = |path: &Path| {
        let inside = path
            .components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        match path.to_str().filter(|_| inside) {
            Some(text) => tree
                .read(&RepoPath::new(text), usize::MAX - 1)
                .map_err(io::Error::other),
            None => std::fs::read(root.join(path)),
        }
    };
    config::load_with(Path::new(FILE_NAME), &reader)
}
