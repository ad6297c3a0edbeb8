//! What is said of a call: nothing of those that only read; what an edit changes, what a
//! command line runs, and what the arguments of any other tool may be.

mod arguments;
mod edits;

use serde::Serialize;

use crate::call::{ToolCall, ToolClass};
use crate::code;
use crate::command::{Analysis, Shell, analyse};
use crate::leaf::Leaf;
use crate::policy::{Mode, Policy};
use crate::protection;
use crate::rules;
use crate::verdict::{Decision, Threat, Verdict};

/// A command line longer than this is for a person to read.
const MAX_LENGTH: usize = 128 * 1024;

/// Judges a call.
pub fn judge(call: &ToolCall, policy: &Policy) -> Verdict {
    if call.class == ToolClass::ReadOnly {
        return decide((Vec::new(), None), policy);
    }
    if let Some(entry) = policy
        .allow
        .iter()
        .find(|entry| entry.argv == [call.name.as_str()])
    {
        let kept = edits::threats(call, policy);
        return decide((kept, Some(entry.source.clone())), policy);
    }
    let found = match call.class {
        ToolClass::Shell => arguments::shell(call, policy),
        ToolClass::Edit => (edits::threats(call, policy), None),
        ToolClass::ReadOnly | ToolClass::Unknown => arguments::any(call, policy),
    };
    decide(found, policy)
}

/// Judges a command line.
pub fn judge_command(text: &str, shell: Shell, policy: &Policy) -> Verdict {
    let (allowed, threats) = command_threats(text, shell, policy);
    decide((threats, allowed), policy)
}

/// What a command line runs, and what is said of each part.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// Every program it runs.
    pub commands: Vec<Explained>,
    /// What redirections write to.
    pub writes: Vec<String>,
    /// What is said of it as a whole.
    pub verdict: Verdict,
}

/// One program that a command line runs.
#[derive(Debug, Clone, Serialize)]
pub struct Explained {
    /// Its words; `…` stands for what is not known.
    pub argv: Vec<String>,
    /// What it was unwrapped from.
    pub via: Vec<String>,
    /// What the rules say of it.
    pub threats: Vec<Threat>,
}

/// Tells how a command line is read and judged.
pub fn explain(text: &str, shell: Shell, policy: &Policy) -> Explanation {
    let analysis = analyse(text, shell);
    let commands = analysis.leaves.iter().map(|leaf| Explained {
        argv: leaf.words(),
        via: leaf.via.clone(),
        threats: rules::threats(leaf, policy),
    });
    Explanation {
        commands: commands.collect(),
        writes: analysis
            .writes
            .iter()
            .map(|write| crate::leaf::shown(&write.path))
            .collect(),
        verdict: judge_command(text, shell, policy),
    }
}

/// The entry of the allow list that let something pass, and what is said of the rest.
pub(crate) fn command_threats(
    text: &str,
    shell: Shell,
    policy: &Policy,
) -> (Option<String>, Vec<Threat>) {
    if text.len() > MAX_LENGTH {
        return (
            None,
            rules::named("endless-command", "").into_iter().collect(),
        );
    }
    let analysis = analyse(text, shell);
    let mut threats = Vec::new();
    let mut allowed = None;
    for leaf in &analysis.leaves {
        let mut own = rules::threats(leaf, policy);
        if !own.is_empty()
            && let Some(entry) = allowing(leaf, policy)
        {
            own.retain(|threat| threat.category == "self_protection");
            allowed = Some(entry);
        }
        threats.extend(own);
    }
    threats.extend(beside_commands(&analysis, policy));
    threats.dedup();
    (allowed, threats)
}

/// What is said of redirections, code, and what could not be told.
fn beside_commands(analysis: &Analysis, policy: &Policy) -> Vec<Threat> {
    let mut threats = Vec::new();
    for write in &analysis.writes {
        threats.extend(protection::of(&write.path, write.folder.as_deref(), policy));
        threats.extend(device(&write.path));
    }
    for code in &analysis.codes {
        threats.extend(code::threats(code, policy));
    }
    for doubt in &analysis.doubts {
        threats.extend(rules::named(doubt.rule, &crate::leaf::shown(&doubt.text)));
    }
    threats
}

/// Writing to a disk, or to files of the system or of credentials.
fn device(path: &str) -> Option<Threat> {
    let normal = rules::normal(path, None);
    let sets = [
        ("device", "write-to-device"),
        ("system-file", "write-to-system-file"),
        ("login-file", "write-to-login-file"),
        ("socket", "network-redirection"),
    ];
    let found = sets
        .iter()
        .find(|(set, _)| rules::Sets::known().contain(set, &normal));
    found.and_then(|(_, rule)| rules::named(rule, path))
}

/// The entry of the allow list that covers a command.
fn allowing(leaf: &Leaf, policy: &Policy) -> Option<String> {
    let words = leaf.words();
    let entry = policy.allow.iter().find(|entry| entry.covers(&words));
    entry.map(|entry| entry.source.clone())
}

/// The worst that counts decides, and in the mode that blocks only.
fn decide((mut threats, allowed_by): (Vec<Threat>, Option<String>), policy: &Policy) -> Verdict {
    threats.sort_by_key(|threat| std::cmp::Reverse((threat.decision, threat.severity)));
    let mut seen: Vec<Threat> = Vec::new();
    for threat in threats {
        if !seen.contains(&threat) {
            seen.push(threat);
        }
    }
    let counts = |threat: &&Threat| threat.severity >= policy.threshold;
    let worst = seen
        .iter()
        .filter(counts)
        .map(|threat| threat.decision)
        .max();
    let decision = match policy.mode {
        Mode::Warn => Decision::Allow,
        Mode::Block => worst.unwrap_or(Decision::Allow),
    };
    Verdict {
        decision,
        threats: seen,
        allowed_by,
    }
}

#[cfg(test)]
mod tests;
