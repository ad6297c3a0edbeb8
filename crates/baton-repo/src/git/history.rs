//! Commits: which ones there are, where they part, which branch is the default one.

use git2::{ErrorCode, Repository};

use super::Git;
use crate::RepoError;

/// Names a default branch may have when nothing tells which it is.
const USUAL: &[&str] = &["main", "master", "develop"];

/// The branch that is checked out and the one it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The full name, such as `refs/heads/main`; `HEAD` when none is checked out.
    pub name: String,
    /// Its commit.
    pub commit: String,
    /// The remote it follows.
    pub remote: Option<String>,
    /// The remote-tracking branch it follows, such as `refs/remotes/origin/main`.
    pub upstream: Option<String>,
}

impl Git {
    /// The commit a revision stands for, tags peeled; `None` when there is no such commit here.
    pub fn commit(&self, revision: &str) -> Result<Option<String>, RepoError> {
        let native = |repository: &Repository| {
            let commit = repository
                .revparse_single(revision)
                .and_then(|object| object.peel_to_commit());
            match commit {
                Ok(commit) => Ok(Some(commit.id().to_string())),
                Err(error) if is_absence(&error) => Ok(None),
                Err(error) => Err(error),
            }
        };
        let wanted = format!("{revision}^{{commit}}");
        self.ask(&format!("look up `{revision}`"), native, |git| {
            git.line(&[
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &wanted,
            ])
        })
    }

    /// The commit two histories parted at, the best one when there are several.
    pub fn merge_base(&self, left: &str, right: &str) -> Result<Option<String>, RepoError> {
        let native = |repository: &Repository| {
            let id = |revision| {
                let object = repository.revparse_single(revision)?;
                object.peel_to_commit().map(|commit| commit.id())
            };
            match repository.merge_base(id(left)?, id(right)?) {
                Ok(base) => Ok(Some(base.to_string())),
                Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
                Err(error) => Err(error),
            }
        };
        let doing = format!("find where `{left}` and `{right}` parted");
        self.ask(&doing, native, |git| git.line(&["merge-base", left, right]))
    }

    /// How many commits `right` has that `left` has not.
    pub fn distance(&self, left: &str, right: &str) -> Result<usize, RepoError> {
        let native = |repository: &Repository| {
            let id = |revision| repository.revparse_single(revision).map(|one| one.id());
            Ok(repository.graph_ahead_behind(id(right)?, id(left)?)?.0)
        };
        let range = format!("{left}..{right}");
        self.ask("count commits", native, |git| {
            let count = git.line(&["rev-list", "--count", &range])?;
            Ok(count.and_then(|count| count.parse().ok()).unwrap_or(0))
        })
    }

    /// Whether history was cut off when the repository was cloned.
    pub fn is_shallow(&self) -> Result<bool, RepoError> {
        let native = |repository: &Repository| Ok(repository.is_shallow());
        self.ask("tell whether the history is complete", native, |git| {
            let answer = git.line(&["rev-parse", "--is-shallow-repository"])?;
            Ok(answer.as_deref() == Some("true"))
        })
    }

    /// The remote-tracking branches of a remote, full names; `HEAD` is not one.
    pub fn remote_branches(&self, remote: &str) -> Result<Vec<String>, RepoError> {
        let prefix = format!("refs/remotes/{remote}/");
        let pattern = format!("{prefix}*");
        let native = |repository: &Repository| {
            let mut names = Vec::new();
            for reference in repository.references_glob(&pattern)?.flatten() {
                names.extend(reference.name().ok().map(str::to_owned));
            }
            Ok(names)
        };
        let mut names = self.ask("list remote branches", native, |git| {
            let listed = git.run(&["for-each-ref", "--format=%(refname)", &prefix])?;
            let listed = String::from_utf8_lossy(&listed);
            Ok(listed.lines().map(str::to_owned).collect())
        })?;
        names.retain(|name| !name.ends_with("/HEAD"));
        names.sort_unstable();
        Ok(names)
    }

    /// The remote-tracking branch that is a remote's default one: the one that is configured,
    /// else the one the remote's `HEAD` names, else one with a usual name.
    pub fn default_branch(
        &self,
        remote: &str,
        configured: Option<&str>,
    ) -> Result<Option<String>, RepoError> {
        let known = self.remote_branches(remote)?;
        let of = |name: &str| format!("refs/remotes/{remote}/{name}");
        let head = of("HEAD");
        let native = |repository: &Repository| match repository.find_reference(&head) {
            Ok(reference) => Ok(reference
                .symbolic_target()
                .ok()
                .flatten()
                .map(str::to_owned)),
            Err(error) if is_absence(&error) => Ok(None),
            Err(error) => Err(error),
        };
        let told = self.ask("read the remote's default branch", native, |git| {
            git.line(&["symbolic-ref", "--quiet", &head])
        })?;
        let candidates = configured.map(of).into_iter().chain(told);
        let mut candidates = candidates.chain(USUAL.iter().copied().map(of));
        Ok(candidates.find(|name| known.contains(name)))
    }

    /// The configured remote with this address.
    pub fn remote_at(&self, url: &str) -> Result<Option<String>, RepoError> {
        let native = |repository: &Repository| {
            let names = repository.remotes()?;
            let names = names.iter().flatten().flatten();
            let mut remotes =
                names.filter_map(|name| Some((name, repository.find_remote(name).ok()?)));
            Ok(remotes
                .find(|(_, remote)| remote.url().ok() == Some(url))
                .map(|(name, _)| name.to_owned()))
        };
        self.ask("list the remotes", native, |git| {
            let listed = git.run(&["config", "-z", "--get-regexp", "^remote\\..*\\.url$"]);
            let listed = String::from_utf8_lossy(&listed.unwrap_or_default()).into_owned();
            let mut entries = listed
                .split('\0')
                .filter_map(|entry| entry.split_once('\n'));
            let found = entries.find(|(_, address)| *address == url);
            let name = found.and_then(|(key, _)| key.strip_prefix("remote.")?.strip_suffix(".url"));
            Ok(name.map(str::to_owned))
        })
    }

    /// What is checked out; `None` before the first commit.
    pub fn head(&self) -> Result<Option<Head>, RepoError> {
        let Some(commit) = self.commit("HEAD")? else {
            return Ok(None);
        };
        let native = |repository: &Repository| {
            let head = repository.head()?;
            let name = head.name()?.to_owned();
            let text = |found: Result<git2::Buf, git2::Error>| {
                found
                    .ok()
                    .and_then(|found| found.as_str().ok().map(str::to_owned))
            };
            Ok(Head {
                remote: text(repository.branch_upstream_remote(&name)),
                upstream: text(repository.branch_upstream_name(&name)),
                name,
                commit: commit.clone(),
            })
        };
        let head = self.ask("read HEAD", native, |git| {
            let name = git.line(&["symbolic-ref", "--quiet", "HEAD"])?;
            let name = name.unwrap_or_else(|| "HEAD".to_owned());
            let field = |format: &str| git.line(&["for-each-ref", format, &name]);
            Ok(Head {
                remote: field("--format=%(upstream:remotename)")?,
                upstream: field("--format=%(upstream)")?,
                name,
                commit: commit.clone(),
            })
        })?;
        Ok(Some(head))
    }
}

fn is_absence(error: &git2::Error) -> bool {
    matches!(
        error.code(),
        ErrorCode::NotFound | ErrorCode::UnbornBranch | ErrorCode::InvalidSpec | ErrorCode::Peel
    )
}
