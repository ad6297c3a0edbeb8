//! What is said of a call.

use serde::{Deserialize, Serialize};

/// Whether a call may go ahead. Later ones rule over earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// Nothing is known against it.
    Allow,
    /// A person should decide: it may do harm, or nobody can tell what it does.
    Ask,
    /// It must not.
    Deny,
}

/// How much harm something does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It is a nuisance.
    Medium,
    /// It can be mended with effort.
    High,
    /// It is lost.
    Critical,
}

/// One reason against a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Threat {
    /// The rule that says so.
    pub rule: String,
    /// The family of rules, such as `destructive_git_ops`.
    pub category: String,
    /// How much harm it does.
    pub severity: Severity,
    /// What the rule alone would decide.
    pub decision: Decision,
    /// The command or argument it is about, secrets covered.
    pub matched: String,
    /// What to do instead.
    pub advice: String,
}

/// What is said of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether it may go ahead.
    pub decision: Decision,
    /// Why not, worst first.
    pub threats: Vec<Threat>,
    /// The entry of the allow list that let it pass.
    pub allowed_by: Option<String>,
}
