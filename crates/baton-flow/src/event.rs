//! What may happen to a project. The ledger is a list of these, and nothing else is kept.

mod outcome;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use outcome::{AgentOutcome, CeilingChoice, FailureCategory, ReviewVerdict, Verdict};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When, in UTC: `YYYY-MM-DDThh:mm:ssZ`.
    pub at: String,
    /// Who caused it.
    pub by: Actor,
    /// What happened.
    pub what: What,
}

/// Who caused an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// A name: of an account, an agent, a program.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
}

/// What somebody who causes events is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    /// A person at a terminal.
    Human,
    /// An agent, or a program that acts for one.
    Agent,
    /// The runner itself.
    Runner,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Somebody changed the session's record by a command.
    Session(Command),
    /// A run went on.
    Run(RunEvent),
}

/// A change of the session's record: what `baton state` can do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// A project begins with this document.
    Init {
        /// The document, in the newest version.
        document: Map<String, Value>,
        /// Whether an existing record is given up.
        force: bool,
    },
    /// The state file was written by somebody else; approvals in it count for nothing.
    Import {
        /// What the file says, in the newest version.
        document: Map<String, Value>,
        /// Digest of the file's bytes.
        digest: String,
        /// What claims of older versions told of the past.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        history: Vec<Value>,
    },
    /// A step begins.
    StartStep {
        /// Key of the step, such as `3_5`.
        step: String,
        /// Whether a complete step is opened again.
        force: bool,
    },
    /// A step reached a point from which it can go on.
    Checkpoint {
        /// Key of the step.
        step: String,
        /// Name of the point.
        sub_step: String,
        /// A file that was written.
        artifact: Option<String>,
        /// Measurements, by the names of the schema.
        telemetry: Map<String, Value>,
    },
    /// A step is done.
    CompleteStep {
        /// Key of the step.
        step: String,
        /// Whether its review is there.
        review: ReviewPresence,
        /// Whether a step that never began may be completed.
        force: bool,
    },
    /// A step is left out.
    SkipStep {
        /// Key of the step.
        step: String,
        /// Why.
        reason: String,
        /// Whether a step that is not optional may be left out.
        force: bool,
    },
    /// Something was settled.
    Decide {
        /// Key of the decision.
        key: String,
        /// Its value.
        value: Value,
    },
    /// A decision was written down with its reasons.
    Log {
        /// What was chosen.
        decision: String,
        /// Why.
        rationale: String,
        /// Key of the step it belongs to.
        step: Option<String>,
        /// Who decided.
        agent: Option<String>,
        /// What it is about.
        title: Option<String>,
    },
    /// Findings were opened.
    AddFindings {
        /// Their texts.
        texts: Vec<String>,
        /// Whether a text that is there already is added again.
        repeat: bool,
    },
    /// A finding was resolved.
    RemoveFinding {
        /// Its text.
        text: String,
    },
    /// Reviews of a step were planned or carried out.
    AuditReview {
        /// Key of the step.
        step: String,
        /// Tier.
        complexity: Option<String>,
        /// How many were intended.
        passes_planned: Option<u32>,
        /// How many were carried out.
        passes_executed: Option<u32>,
        /// Models that carried them out.
        models: Vec<String>,
        /// Passes that were left out.
        skipped: Vec<String>,
        /// Why.
        skip_reasons: Vec<String>,
    },
    /// One step ends and another begins, in one write.
    Transition {
        /// Key of the step that is left.
        from: String,
        /// Key of the step that is entered.
        to: String,
        /// Whether `from` is completed, and whether its review is there.
        complete: Option<ReviewPresence>,
        /// What was settled.
        decisions: Vec<(String, Value)>,
        /// Whether a way that the graph does not have is taken.
        force: bool,
    },
    /// The circuit breaker stopped a step by hand, or a person lets it go on.
    Block {
        /// Key of the step.
        step: String,
        /// Why; `None` lifts the block.
        reason: Option<String>,
    },
}

/// What is known of the review that a step needs before it is complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewPresence {
    /// The step needs none, or has it.
    There,
    /// It is missing, empty or no JSON.
    Missing {
        /// The artifact that calls for it.
        gating_artifact: String,
        /// The file in which it should stand.
        required_sidecar: String,
    },
    /// It is missing, and somebody says why that is right; the reason may be empty.
    Waived {
        /// Why.
        reason: String,
    },
}

/// What happens in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunEvent {
    /// A run begins, or goes on after an end of the process.
    Started {
        /// Digest of the graph it follows.
        graph: String,
    },
    /// The run follows another graph from here on.
    Migrated {
        /// Digest of the new graph.
        graph: String,
    },
    /// An agent is about to be started.
    AgentStarted {
        /// The node.
        node: String,
        /// The part of a fan-out.
        substep: Option<String>,
        /// Which try it is, from 1.
        attempt: u32,
    },
    /// An agent came to an end.
    AgentEnded {
        /// The node.
        node: String,
        /// The part of a fan-out.
        substep: Option<String>,
        /// What came of it.
        outcome: AgentOutcome,
    },
    /// A review came to an end.
    ReviewEnded {
        /// The node whose work was reviewed.
        node: String,
        /// Which pass, from 1.
        pass: u32,
        /// What it looked for.
        lens: String,
        /// What it says.
        verdict: ReviewVerdict,
    },
    /// A gate was shown to those who decide.
    GatePresented {
        /// The gate.
        gate: String,
        /// What was shown.
        shown: Shown,
    },
    /// Somebody let the run pass.
    GateApproved {
        /// The gate.
        gate: String,
        /// Digest of what they saw.
        digest: String,
        /// How: `terminal`, `command`, `bundle` …
        how: String,
        /// How many approvals the policy wants.
        needed: u32,
    },
    /// Somebody sent the run back.
    GateRejected {
        /// The gate.
        gate: String,
        /// Why.
        reason: String,
        /// The node to go back to; else the one before the gate.
        to: Option<String>,
    },
    /// Somebody wants to decide later.
    GateDeferred {
        /// The gate.
        gate: String,
        /// Why.
        reason: Option<String>,
    },
    /// What was approved is no longer what lies there.
    GateStale {
        /// The gate.
        gate: String,
        /// Paths that changed.
        changed: Vec<String>,
    },
    /// A machine gate was evaluated.
    Validated {
        /// The gate.
        gate: String,
        /// What came of it.
        verdict: Verdict,
        /// Digest of what was judged.
        digest: String,
        /// What failed, one sentence each.
        findings: Vec<String>,
    },
    /// Somebody chose a way back.
    ReturnTaken {
        /// The node that is left.
        from: String,
        /// The node that is entered again.
        to: String,
        /// Why.
        reason: String,
    },
    /// A preview of a deployment says what it would do, one entry per resource.
    Previewed {
        /// The node.
        node: String,
        /// Resource and `add`, `change` or `delete`.
        changes: BTreeMap<String, String>,
    },
    /// Somebody lets a halted node go on.
    BreakerReset {
        /// The node.
        node: String,
    },
    /// A question was answered by leaving an optional step out or taking it.
    OptionChosen {
        /// The node.
        node: String,
        /// Whether it is run.
        run: bool,
    },
    /// The question whether reviews may go beyond the ceiling was answered.
    CeilingDecided {
        /// The node.
        node: String,
        /// What is done.
        choice: CeilingChoice,
    },
    /// Somebody ends the run for good.
    Aborted {
        /// Why.
        reason: String,
    },
}

/// What those saw who decide about a gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// One digest over everything below.
    pub digest: String,
    /// Artifacts from the root of the repository, with their SHA-256.
    pub artifacts: BTreeMap<String, String>,
    /// Digest of the open findings.
    pub findings: String,
    /// Digest of the graph.
    pub graph: String,
}
