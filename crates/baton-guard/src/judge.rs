//! What is said of a call.

use crate::call::{ToolCall, ToolClass};
use crate::policy::{Mode, Policy};
use crate::verdict::{Decision, Severity, Threat, Verdict};

/// Judges a call.
pub fn judge(call: &ToolCall, policy: &Policy) -> Verdict {
    let threats = match call.class {
        ToolClass::ReadOnly => Vec::new(),
        ToolClass::Shell | ToolClass::Edit | ToolClass::Unknown => vec![unread(call)],
    };
    decide(threats, policy)
}

/// What nobody read is for a person to decide.
fn unread(call: &ToolCall) -> Threat {
    Threat {
        rule: "unread-call".to_owned(),
        category: "unresolved".to_owned(),
        severity: Severity::Medium,
        decision: Decision::Ask,
        matched: call.name.clone(),
        advice: "Look at the call before it runs.".to_owned(),
    }
}

/// The worst that counts decides, and in the mode that blocks only.
fn decide(mut threats: Vec<Threat>, policy: &Policy) -> Verdict {
    threats.sort_by_key(|threat| std::cmp::Reverse((threat.decision, threat.severity)));
    let counts = |threat: &&Threat| threat.severity >= policy.threshold;
    let worst = threats.iter().filter(counts).map(|threat| threat.decision);
    let decision = match policy.mode {
        Mode::Warn => Decision::Allow,
        Mode::Block => worst.max().unwrap_or(Decision::Allow),
    };
    Verdict {
        decision,
        threats,
        allowed_by: None,
    }
}
