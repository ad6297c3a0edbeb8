//! The commit from which a push is judged.

use anyhow::Result;
use baton_repo::Git;

use super::lines::Line;
use crate::cli::PushScope;

/// What the answer depends on, beside the line.
pub(super) struct Push<'a> {
    pub(super) git: &'a Git,
    pub(super) remote: &'a str,
    pub(super) default_branch: Option<&'a str>,
    pub(super) scope: PushScope,
}

/// What a pushed commit is compared with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// This commit.
    Commit(String),
    /// The empty tree: all of the history is new to the remote.
    Nothing,
    /// Nobody can tell here.
    Unknown,
}

/// The base, and what people should know about it.
pub(super) struct Found {
    pub(super) base: Base,
    pub(super) remarks: Vec<String>,
}

/// Finds the base: where the branch left the remote's default branch; else what the remote has
/// of it; else where it left any branch of the remote; else nothing.
pub(super) fn base(push: &Push<'_>, line: &Line, commit: &str) -> Result<Found> {
    let git = push.git;
    let mut remarks = Vec::new();
    let there = known_ancestor(git, line, commit, &mut remarks)?;
    let default = git.default_branch(push.remote, push.default_branch)?;
    let left = match &default {
        Some(branch) => git.merge_base(commit, branch)?,
        None => None,
    };
    let first_choice = match push.scope {
        PushScope::Push => there.clone().or(left),
        PushScope::Branch => left.or(there),
    };
    let base = match first_choice {
        Some(base) => Base::Commit(base),
        None => fallback(push, line, commit, &mut remarks)?,
    };
    Ok(Found { base, remarks })
}

/// What the remote has of the branch, when this push only adds to it.
fn known_ancestor(
    git: &Git,
    line: &Line,
    commit: &str,
    remarks: &mut Vec<String>,
) -> Result<Option<String>> {
    if line.is_new() {
        return Ok(None);
    }
    let Some(there) = git.commit(&line.remote_id)? else {
        remarks.push(
            "what the remote has is not known here, so the whole branch is checked".to_owned(),
        );
        return Ok(None);
    };
    if git.merge_base(&there, commit)?.as_ref() == Some(&there) {
        return Ok(Some(there));
    }
    remarks.push("the remote's history is replaced, so the whole branch is checked".to_owned());
    Ok(None)
}

fn fallback(push: &Push<'_>, line: &Line, commit: &str, remarks: &mut Vec<String>) -> Result<Base> {
    let mut nearest: Option<(usize, String)> = None;
    for branch in push.git.remote_branches(push.remote)? {
        let Some(base) = push.git.merge_base(commit, &branch)? else {
            continue;
        };
        let far = push.git.distance(&base, commit)?;
        if nearest.as_ref().is_none_or(|(least, _)| far < *least) {
            nearest = Some((far, base));
        }
    }
    if let Some((_, base)) = nearest {
        return Ok(Base::Commit(base));
    }
    if push.git.is_shallow()? {
        remarks.push(
            "the history here is cut off, so it is not known what is new and everything is checked"
                .to_owned(),
        );
        return Ok(Base::Unknown);
    }
    if !line.is_new() {
        remarks.push("it is not known what is new, so everything is checked".to_owned());
        return Ok(Base::Unknown);
    }
    Ok(Base::Nothing)
}

/// Whether some branch of a remote holds a commit already.
pub(super) fn is_on(git: &Git, remote: &str, commit: &str) -> Result<bool> {
    for branch in git.remote_branches(remote)? {
        if git.merge_base(commit, &branch)?.as_deref() == Some(commit) {
            return Ok(true);
        }
    }
    Ok(false)
}
