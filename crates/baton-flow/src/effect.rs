//! What should be done next. The engine only says so; others do it.
//!
//! Each event is answered with everything there is to do after it, so whoever does an effect and
//! records that goes on with the newest answer and forgets the older ones.

use serde::Serialize;

/// Something that should be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Have the agent of a node work, or of one part of a fan-out.
    RunAgent {
        /// The node.
        node: String,
        /// The part.
        substep: Option<String>,
        /// Which try it is, from 1.
        attempt: u32,
    },
    /// Have somebody review the work of a node.
    RunReview {
        /// The node.
        node: String,
        /// Which pass, from 1.
        pass: u32,
        /// What to look for.
        lens: String,
    },
    /// Evaluate a machine gate.
    Validate {
        /// The gate.
        gate: String,
    },
    /// Show a gate to those who decide, after checkpoint and handoff.
    Present {
        /// The gate.
        gate: String,
    },
    /// A gate was shown: nothing goes on until somebody decides.
    Await {
        /// The gate.
        gate: String,
    },
    /// A machine gate could not look at everything; nothing goes on until it can.
    Inconclusive {
        /// The gate.
        gate: String,
        /// What it could not look at.
        reason: String,
    },
    /// Ask a person.
    Ask {
        /// What.
        question: Question,
    },
    /// End this session here; another goes on.
    SessionBreak {
        /// The gate after which it ends.
        gate: String,
    },
    /// A node is halted by its circuit breaker.
    Halt {
        /// The node.
        node: String,
        /// Why, and what can be done.
        reason: String,
    },
    /// The event was not allowed; the state is as before.
    Refused {
        /// What kind of refusal.
        code: RefusalCode,
        /// Why, and what to do instead.
        reason: String,
    },
    /// There is no way on: no edge for what came out, or a node that can never be ready.
    Stuck {
        /// The node.
        node: String,
        /// Why.
        reason: String,
    },
    /// Every step is done.
    Finish,
    /// Somebody ended the run for good.
    Ended {
        /// Why.
        reason: String,
    },
}

/// A question to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Which value a decision has that tracks depend on.
    Route {
        /// The decision.
        decision: String,
        /// Its possible values.
        values: Vec<String>,
    },
    /// Whether an optional step is run.
    Optional {
        /// The node.
        node: String,
    },
    /// Whether work that was cut off is done again; it may have had effects.
    Repeat {
        /// The node.
        node: String,
        /// The part of a fan-out.
        substep: Option<String>,
    },
    /// More reviews are wanted than the ceiling allows.
    ReviewCeiling {
        /// The node.
        node: String,
    },
    /// Something must be mended in an earlier step: which way back is taken.
    Return {
        /// The node that is left.
        from: String,
        /// The nodes that may be entered again.
        to: Vec<String>,
        /// Why.
        reason: String,
    },
}

/// Kinds of refusal; each has an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalCode {
    /// No such step, node or gate; exit 1.
    Unknown,
    /// The record says that it cannot be: already complete, never begun, already there; exit 1.
    Conflict,
    /// The step's review is missing; exit 2.
    ReviewMissing,
    /// A waiver without a reason; exit 2.
    ReasonMissing,
    /// The graph has no such way; exit 2.
    NoSuchWay,
    /// The approval is not for what lies there now, or was given already; exit 2.
    Stale,
    /// Not by those who ask; exit 2.
    NotAllowed,
    /// The step or run is halted; exit 5.
    Halted,
}

impl RefusalCode {
    /// The exit code of a command that is refused.
    pub fn exit(self) -> u8 {
        match self {
            RefusalCode::Unknown | RefusalCode::Conflict => 1,
            RefusalCode::ReviewMissing
            | RefusalCode::ReasonMissing
            | RefusalCode::NoSuchWay
            | RefusalCode::Stale
            | RefusalCode::NotAllowed => 2,
            RefusalCode::Halted => 5,
        }
    }
}
