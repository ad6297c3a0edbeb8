//! Manifests of hooks for the hosts of agents.
//!
//! Each host reads manifests of others too, so that by default only those are written that no
//! other brings along: Copilot's, which Visual Studio Code reads as well, and those of hosts that
//! have files here already.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use baton_syntax::json::Dialect;
use baton_syntax::node::Node;

use super::merged::merged;
use super::{Planned, Step, unless_there};
use crate::cli::AgentHost;

const COPILOT: (&str, &str) = (
    ".github/hooks/baton.json",
    include_str!("../../../../../hooks/agent/copilot/baton.json"),
);

const VSCODE: [(&str, &str); 5] = [
    (
        ".github/hooks/tool-guardian/hooks.json",
        include_str!("../../../../../hooks/agent/vscode/tool-guardian/hooks.json"),
    ),
    (
        ".github/hooks/secrets-scanner/hooks.json",
        include_str!("../../../../../hooks/agent/vscode/secrets-scanner/hooks.json"),
    ),
    (
        ".github/hooks/session-telemetry/hooks.json",
        include_str!("../../../../../hooks/agent/vscode/session-telemetry/hooks.json"),
    ),
    (
        ".github/hooks/subagent-validation/hooks.json",
        include_str!("../../../../../hooks/agent/vscode/subagent-validation/hooks.json"),
    ),
    (
        ".github/hooks/tool-audit/hooks.json",
        include_str!("../../../../../hooks/agent/vscode/tool-audit/hooks.json"),
    ),
];

const VSCODE_SETTINGS: (&str, &str) = (
    ".vscode/settings.json",
    include_str!("../../../../../hooks/agent/vscode/settings.json"),
);

const CLAUDE: (&str, &str) = (
    ".claude/settings.json",
    include_str!("../../../../../hooks/agent/claude/settings.json"),
);

/// Where the logs of hooks go, which nobody commits.
const LOGS: &str = "logs/copilot/\n";

/// What is to become of the files of some hosts; of those that fit the repository, when none is
/// named.
pub(super) fn plan(root: &Path, hosts: &[AgentHost]) -> Result<Vec<Planned>> {
    let hosts = if hosts.is_empty() {
        fitting(root)
    } else {
        hosts.to_vec()
    };
    let mut planned = Vec::new();
    for host in hosts {
        match host {
            AgentHost::Copilot => planned.push(manifest(root, COPILOT)),
            AgentHost::Vscode => {
                planned.extend(VSCODE.map(|file| manifest(root, file)));
                planned.push(settings(root, VSCODE_SETTINGS, Dialect::WithComments)?);
            }
            AgentHost::Claude => planned.push(settings(root, CLAUDE, Dialect::Strict)?),
        }
    }
    planned.extend(ignored(root)?);
    Ok(planned)
}

fn fitting(root: &Path) -> Vec<AgentHost> {
    let has_nested = fs::read_dir(root.join(".github/hooks")).is_ok_and(|mut entries| {
        entries.any(|entry| entry.is_ok_and(|entry| entry.path().join("hooks.json").exists()))
    });
    let github = if has_nested {
        AgentHost::Vscode
    } else {
        AgentHost::Copilot
    };
    let mut hosts = vec![github];
    if root.join(".claude").is_dir() || root.join("CLAUDE.md").is_file() {
        hosts.push(AgentHost::Claude);
    }
    hosts
}

/// A file that is ours alone.
fn manifest(root: &Path, (path, text): (&str, &str)) -> Planned {
    let there = fs::read_to_string(root.join(path));
    let step = match there {
        Ok(there) if there == text => Step::Keep("it is what it should be already".to_owned()),
        Ok(_) => Step::Keep(format!(
            "it exists; to have baton's hooks there, make it this:\n\n{text}"
        )),
        Err(_) => return unless_there(root, path, text.to_owned()),
    };
    Planned {
        path: PathBuf::from(path),
        step,
    }
}

/// A file that others write in, too.
fn settings(root: &Path, (path, text): (&str, &str), dialect: Dialect) -> Result<Planned> {
    let file = root.join(path);
    if file.symlink_metadata().is_err() {
        return Ok(unless_there(root, path, text.to_owned()));
    }
    let before = fs::read_to_string(&file).with_context(|| format!("cannot read `{path}`"))?;
    let step = match merged((&before, dialect), text, &lacks) {
        Ok(after) if after == before => Step::Keep("it has baton's hooks already".to_owned()),
        Ok(after) => Step::Extend { before, after },
        Err(reason) => Step::Keep(format!("{reason}; add this by hand:\n\n{text}")),
    };
    Ok(Planned {
        path: PathBuf::from(path),
        step,
    })
}

/// Whether a list of groups holds no call of the hook that a group of ours calls.
fn lacks(groups: &Node, ours: &Node) -> bool {
    let wanted = commands(ours);
    let there: Vec<&str> = groups.items().iter().flat_map(commands).collect();
    let calls =
        |text: &&str, wanted: &str| *text == wanted || text.starts_with(&format!("{wanted} "));
    !wanted
        .iter()
        .all(|wanted| there.iter().any(|text| calls(text, wanted)))
}

fn commands(group: &Node) -> Vec<&str> {
    let hooks = group.get("hooks").map_or(&[][..], Node::items);
    let hooks = hooks.iter().chain(std::iter::once(group));
    hooks
        .filter_map(|hook| hook.get("command")?.as_str())
        .collect()
}

/// Adds the logs to what git ignores, where that is written down already.
fn ignored(root: &Path) -> Result<Option<Planned>> {
    let path = root.join(".gitignore");
    if !path.is_file() {
        return Ok(None);
    }
    let before = fs::read_to_string(&path).context("cannot read `.gitignore`")?;
    let covers = |line: &str| {
        let line = line
            .trim()
            .trim_start_matches('/')
            .trim_end_matches(['*', '/']);
        matches!(line, "logs" | "logs/copilot")
    };
    if before.lines().any(covers) {
        return Ok(None);
    }
    let gap = if before.is_empty() || before.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    let after = format!("{before}{gap}{LOGS}");
    Ok(Some(Planned {
        path: PathBuf::from(".gitignore"),
        step: Step::Extend { before, after },
    }))
}
