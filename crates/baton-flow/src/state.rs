//! Where a project stands: what comes of its events, in their order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::event::{Actor, FailureCategory, ReviewVerdict, Shown};

/// Where a project stands.
///
/// The status of a step is what `document` says; the rest is what that document has no room for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RunState {
    /// What `00-session-state.json` says, in the newest version, keys in their order.
    pub document: Map<String, Value>,
    /// Digest of the graph the run follows; empty before the first run.
    pub graph: String,
    /// Gates that were shown or decided, by canonical identifier.
    pub gates: BTreeMap<String, GateState>,
    /// What is known of the work on nodes, by canonical identifier.
    pub work: BTreeMap<String, Work>,
    /// How often each way back was taken in a row, by `from>to`.
    pub returns: BTreeMap<String, u32>,
    /// Why the run has ended for good.
    pub aborted: Option<String>,
}

/// A gate that was shown or decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GateState {
    /// How it stands.
    pub status: GateStatus,
    /// What was shown last.
    pub shown: Option<Shown>,
    /// Who said yes to what was shown last.
    pub approvals: Vec<Approval>,
    /// Why it was rejected, deferred or failed; what changed since.
    pub note: Option<String>,
    /// How often a machine gate failed in a row.
    pub failures: u32,
    /// Whether it stood open in a file somebody else wrote.
    pub imported: bool,
}

/// How a gate stands. Only `Open` lets a run pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GateStatus {
    /// Shown; somebody has to decide.
    Waiting,
    /// Approved or passed.
    Open,
    /// Sent back, or failed.
    Rejected,
    /// A machine gate could not look at everything.
    Inconclusive,
    /// Was open; what was approved has changed, or the run went back before it.
    Withdrawn,
}

/// Somebody's yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: String,
    /// How.
    pub how: String,
    /// Digest of what they saw.
    pub digest: String,
}

/// What is known of the work on a node.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Work {
    /// How often it was tried since it was last complete.
    pub attempt: u32,
    /// Parts that were started and have not ended; `""` is the node as a whole.
    pub running: Vec<String>,
    /// Parts of a fan-out that are done.
    pub done: Vec<String>,
    /// Parts of a fan-out that failed.
    pub failed: Vec<String>,
    /// Reviews of the present result: pass, lens, verdict.
    pub reviews: Vec<(u32, String, ReviewVerdict)>,
    /// Why the node was entered again, one sentence a line, until it is complete.
    pub rework: Option<String>,
    /// Whether the node failed and nothing was done about it yet.
    pub failure: Option<(FailureCategory, String)>,
    /// Parts whose end nobody knows and that must not be done again without being asked about.
    pub lost: Vec<String>,
    /// Whether its result is there and waits to be reviewed.
    pub delivered: bool,
    /// How many reviews took place since the node was opened.
    pub reviewed: u32,
    /// How many reviews beyond the ceiling somebody allowed.
    pub extra_reviews: u32,
    /// Whether somebody takes the present result without further reviews.
    pub accepted: bool,
    /// Whether somebody chose to run this optional node.
    pub chosen: bool,
    /// Counters of the circuit breaker.
    pub breaker: Breaker,
}

/// Counters of one node's circuit breaker.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Breaker {
    /// Category of the last failures in a row, and how many there were.
    pub category: Option<(FailureCategory, u32)>,
    /// Digest of the last normalised error, and how often it came in a row.
    pub error: Option<(String, u32)>,
    /// What previews said of each resource, oldest first.
    pub previews: BTreeMap<String, Vec<String>>,
    /// Why it halted the node.
    pub tripped: Option<Trip>,
    /// Whether one more failure halts at once.
    pub half_open: bool,
}

/// Why a circuit breaker halted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trip {
    /// The pattern, such as `error-repetition`.
    pub pattern: String,
    /// The kind of failure.
    pub category: FailureCategory,
    /// How often it came in a row.
    pub count: u32,
    /// The last error.
    pub error: String,
    /// When.
    pub at: String,
}
