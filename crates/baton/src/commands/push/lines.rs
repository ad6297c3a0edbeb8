//! What git tells a pre-push hook: a line for each name that is pushed.

use anyhow::{Result, bail};
use baton_repo::{Git, Head};

/// One name that is pushed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The name here, `(delete)` when there is none.
    pub(super) local_name: String,
    /// What is pushed; zeros when the remote's name is deleted.
    pub(super) local_id: String,
    /// The name there.
    pub(super) remote_name: String,
    /// What the remote has under that name; zeros when it is new.
    pub(super) remote_id: String,
}

/// Reads `<local name> <local id> <remote name> <remote id>` lines.
pub(super) fn parse(told: &str) -> Result<Vec<Line>> {
    let lines = told.lines().filter(|line| !line.trim().is_empty());
    lines.map(one).collect()
}

fn one(line: &str) -> Result<Line> {
    let mut fields = line.split(' ');
    let four = (fields.next(), fields.next(), fields.next(), fields.next());
    let (Some(local_name), Some(local_id), Some(remote_name), Some(remote_id)) = four else {
        bail!("`{line}` is not what git tells a pre-push hook");
    };
    let is_id = |id: &str| id.len() >= 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if fields.next().is_some() || !is_id(local_id) || !is_id(remote_id) {
        bail!("`{line}` is not what git tells a pre-push hook");
    }
    Ok(Line {
        local_name: local_name.to_owned(),
        local_id: local_id.to_owned(),
        remote_name: remote_name.to_owned(),
        remote_id: remote_id.to_owned(),
    })
}

impl Line {
    /// What git would tell if the branch that is checked out were pushed.
    pub(super) fn by_hand(git: &Git, head: &Head) -> Result<Line> {
        let upstream = head.upstream.as_deref();
        let there = upstream.map(|name| git.commit(name)).transpose()?.flatten();
        Ok(Line {
            local_name: head.name.clone(),
            local_id: head.commit.clone(),
            remote_name: head.name.clone(),
            remote_id: there.unwrap_or_else(|| "0".repeat(head.commit.len())),
        })
    }

    /// Whether the name is taken away from the remote.
    pub(super) fn deletes(&self) -> bool {
        zeros(&self.local_id)
    }

    /// Whether the remote does not have the name yet.
    pub(super) fn is_new(&self) -> bool {
        zeros(&self.remote_id)
    }

    /// Whether a tag is pushed.
    pub(super) fn is_tag(&self) -> bool {
        self.remote_name.starts_with("refs/tags/")
    }

    /// The name of the branch there, when it is one.
    pub(super) fn branch(&self) -> Option<String> {
        let name = self.remote_name.strip_prefix("refs/heads/")?;
        Some(name.to_owned())
    }

    /// The name there, as people write it.
    pub(super) fn name(&self) -> &str {
        let name = self.remote_name.as_str();
        let short = name.strip_prefix("refs/heads/");
        short.or(name.strip_prefix("refs/tags/")).unwrap_or(name)
    }
}

fn zeros(id: &str) -> bool {
    id.bytes().all(|byte| byte == b'0')
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn lines_are_read_and_others_refused() {
        let (some, none) = ("1".repeat(40), "0".repeat(40));
        let told = format!(
            "refs/heads/a {some} refs/heads/b {none}\n(delete) {none} refs/tags/v1 {some}\n"
        );
        let lines = parse(&told).unwrap();
        let facts = |at: usize| {
            let line = &lines[at];
            (line.name(), line.deletes(), line.is_new(), line.is_tag())
        };
        assert_eq!(facts(0), ("b", false, true, false));
        assert_eq!(facts(1), ("v1", true, false, true));
        let long = "2".repeat(64);
        assert!(parse(&format!("HEAD {long} refs/heads/x {}", "0".repeat(64))).is_ok());
        for wrong in ["", "\n"] {
            assert_eq!(parse(wrong).unwrap(), []);
        }
        for wrong in ["refs/heads/a", "a b c d", &format!("a {some} b {some} c")] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
