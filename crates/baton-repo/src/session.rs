//! Session state: how far a project is, what was decided, and by whom.
//!
//! One type for versions 1.0 to 3.0, for rules and for the workflow engine. Whatever has an
//! unexpected form is left out here and stands among the repository's violations of the schema.

mod keys;
mod load;
#[cfg(test)]
mod tests;

use std::fmt;

use baton_source::{FileId, Span, Spanned};
use baton_syntax::node::Node;

pub use keys::{DecisionKey, DecisionKeys};
pub(crate) use load::{load, violations};

/// What one state file says.
#[derive(Debug)]
pub struct SessionState {
    /// The file.
    pub file: FileId,
    /// Whether it is a project's own or the template for new ones.
    pub role: StateRole,
    /// The path of the folder it lies in; empty at the root of the repository.
    pub folder: String,
    /// The whole document.
    pub span: Span,
    /// Version of the format, as written.
    pub schema_version: Option<Field<String>>,
    /// Name of the project.
    pub project: Option<Field<String>>,
    /// Language of the infrastructure code; empty until it is chosen.
    pub iac_tool: Option<Field<String>>,
    /// Azure region.
    pub region: Option<Field<String>>,
    /// Git branch.
    pub branch: Option<Field<String>>,
    /// Moment of the last write.
    pub updated: Option<Field<String>>,
    /// Number of the step in hand; 0 before the start.
    pub current_step: Option<Field<i64>>,
    /// What was settled, in the order of the text.
    pub decisions: Vec<Decision>,
    /// Findings that nobody has resolved.
    pub open_findings: Vec<Field<String>>,
    /// Decisions in the order in which they were taken.
    pub decision_log: Vec<LogEntry>,
    /// Planned and executed reviews.
    pub review_audit: Vec<ReviewAudit>,
    /// The steps that are there, in the order of the workflow.
    pub steps: Vec<StepState>,
    /// The lock of version 2.0.
    pub lock: Option<Hold>,
    /// The age limit of locks in version 2.0.
    pub stale_threshold_ms: Option<Field<i64>>,
}

/// What a state file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateRole {
    /// The state of a project.
    Project,
    /// What the state of a new project is copied from.
    Template,
}

/// A key with its value; for an item of a list, `key` is the item itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<T> {
    /// Where the key stands.
    pub key: Span,
    /// Where the value stands.
    pub span: Span,
    /// The value.
    pub value: T,
}

/// A version of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StateVersion {
    /// Steps without governance.
    V1,
    /// With locks and claims.
    V2,
    /// With governance and the decision log, without locks.
    V3,
}

/// One settled question.
#[derive(Debug, Clone)]
pub struct Decision {
    /// What it is about.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The answer.
    pub value: Node,
}

/// One entry of the decision log, in the numbered or in the short form.
#[derive(Debug, Clone)]
pub struct LogEntry {
    /// The whole entry.
    pub span: Span,
    /// Running number, such as `D001`.
    pub id: Option<Field<String>>,
    /// Step, as written.
    pub step: Option<Field<String>>,
    /// Who decided.
    pub agent: Option<Field<String>>,
    /// What it is about.
    pub title: Option<Field<String>>,
    /// What was chosen.
    pub choice: Option<Field<String>>,
    /// The whole decision, in the short form.
    pub decision: Option<Field<String>>,
    /// Why.
    pub rationale: Option<Field<String>>,
    /// When.
    pub timestamp: Option<Field<String>>,
    /// What else was considered.
    pub alternatives: Vec<Field<String>>,
}

/// The reviews of one step.
#[derive(Debug, Clone)]
pub struct ReviewAudit {
    /// The key, such as `step_3_5`.
    pub key: Field<String>,
    /// The step, if there is such a step.
    pub step: Option<StepKey>,
    /// Tier for which the reviews were planned.
    pub complexity: Option<Field<String>>,
    /// How many reviews were intended.
    pub passes_planned: Option<Field<i64>>,
    /// How many were carried out.
    pub passes_executed: Option<Field<i64>>,
    /// Passes left out, by number or name.
    pub skipped: Vec<Field<String>>,
    /// Why they were left out.
    pub skip_reasons: Vec<Field<String>>,
    /// Models that carried them out.
    pub models_used: Vec<Field<String>>,
}

/// One step of the workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKey {
    /// Step 1.
    Requirements,
    /// Step 2.
    Architecture,
    /// Step 3, which may be skipped.
    Design,
    /// Step 3.5, since version 3.0.
    Governance,
    /// Step 4.
    Plan,
    /// Step 5.
    Code,
    /// Step 6.
    Deploy,
    /// Step 7.
    AsBuilt,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepStatus {
    /// Not begun.
    Pending,
    /// Being worked on.
    InProgress,
    /// Done.
    Complete,
    /// Left out.
    Skipped,
}

/// What is known about one step.
#[derive(Debug, Clone)]
pub struct StepState {
    /// Which step.
    pub key: StepKey,
    /// Where its key stands.
    pub key_span: Span,
    /// Its object.
    pub span: Span,
    /// Display name.
    pub name: Option<Field<String>>,
    /// Agent that works on it.
    pub agent: Option<Field<String>>,
    /// How far it is.
    pub status: Option<Field<StepStatus>>,
    /// Last checkpoint.
    pub sub_step: Option<Field<Option<String>>>,
    /// When work began.
    pub started: Option<Field<Option<String>>>,
    /// When it was done.
    pub completed: Option<Field<Option<String>>>,
    /// Files it has written.
    pub artifacts: Vec<Field<String>>,
    /// Files that were read for it.
    pub context_files_used: Vec<Field<String>>,
    /// Its claim in version 2.0.
    pub claim: Option<Hold>,
}

/// A lock of the session or a claim on a step, both of version 2.0.
#[derive(Debug, Clone)]
pub struct Hold {
    /// Where its key stands.
    pub key: Span,
    /// Its value.
    pub span: Span,
    /// Who holds it.
    pub owner_id: Option<Field<String>>,
    /// When the holder last showed life.
    pub heartbeat: Option<Field<String>>,
    /// What tells one attempt from the next.
    pub attempt_token: Option<Field<String>>,
    /// What happened, oldest first.
    pub event_log: Vec<Node>,
}

impl<T> Spanned for Field<T> {
    fn span(&self) -> Span {
        self.span
    }
}

impl SessionState {
    /// The version, when it is a known one.
    pub fn version(&self) -> Option<StateVersion> {
        match self.schema_version.as_ref()?.value.as_str() {
            "1.0" => Some(StateVersion::V1),
            "2.0" => Some(StateVersion::V2),
            "3.0" => Some(StateVersion::V3),
            _ => None,
        }
    }

    /// The last decision under a key.
    pub fn decision(&self, key: &str) -> Option<&Decision> {
        self.decisions.iter().rev().find(|found| found.key == key)
    }

    /// A step.
    pub fn step(&self, key: StepKey) -> Option<&StepState> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// The steps with a status, in the order of the workflow.
    pub fn with_status(&self, status: StepStatus) -> impl Iterator<Item = &StepState> {
        self.steps.iter().filter(move |step| step.is(status))
    }
}

impl StepKey {
    /// Every step, in the order of the workflow.
    pub const ALL: [StepKey; 8] = [
        StepKey::Requirements,
        StepKey::Architecture,
        StepKey::Design,
        StepKey::Governance,
        StepKey::Plan,
        StepKey::Code,
        StepKey::Deploy,
        StepKey::AsBuilt,
    ];

    /// The step a key such as `3_5` names; `3.5` is understood.
    pub fn parse(key: &str) -> Option<StepKey> {
        let known = |step: &StepKey| step.as_str() == key || (key == "3.5" && step.number() == 3);
        StepKey::ALL.into_iter().rfind(known)
    }

    /// Its key in a state file.
    pub fn as_str(self) -> &'static str {
        match self {
            StepKey::Requirements => "1",
            StepKey::Architecture => "2",
            StepKey::Design => "3",
            StepKey::Governance => "3_5",
            StepKey::Plan => "4",
            StepKey::Code => "5",
            StepKey::Deploy => "6",
            StepKey::AsBuilt => "7",
        }
    }

    /// The number that `current_step` holds for it; step 3.5 counts as 3.
    pub fn number(self) -> i64 {
        match self {
            StepKey::Requirements => 1,
            StepKey::Architecture => 2,
            StepKey::Design | StepKey::Governance => 3,
            StepKey::Plan => 4,
            StepKey::Code => 5,
            StepKey::Deploy => 6,
            StepKey::AsBuilt => 7,
        }
    }

    /// Whether it may be left out.
    pub fn is_optional(self) -> bool {
        self == StepKey::Design
    }
}

impl fmt::Display for StepKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl StepStatus {
    /// The status a word stands for.
    pub fn parse(word: &str) -> Option<StepStatus> {
        match word {
            "pending" => Some(StepStatus::Pending),
            "in_progress" => Some(StepStatus::InProgress),
            "complete" => Some(StepStatus::Complete),
            "skipped" => Some(StepStatus::Skipped),
            _ => None,
        }
    }
}

impl StepState {
    /// Whether it has a status.
    pub fn is(&self, status: StepStatus) -> bool {
        self.status.as_ref().map(|field| field.value) == Some(status)
    }
}

impl Hold {
    /// Whether somebody holds it or something is written down in it.
    pub fn is_in_use(&self) -> bool {
        let has_owner = self
            .owner_id
            .as_ref()
            .is_some_and(|id| !id.value.is_empty());
        has_owner || !self.event_log.is_empty()
    }
}
