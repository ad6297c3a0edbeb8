//! How work, reviews and questions end.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What is done when more reviews are wanted than the ceiling allows, or when they object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CeilingChoice {
    /// The result is taken as it is.
    Accept,
    /// One more review takes place.
    Override,
}

/// What came of an agent's work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgentOutcome {
    /// It did what was asked, and what it wrote is valid.
    Complete {
        /// Files it wrote, from the root of the repository.
        artifacts: Vec<String>,
        /// Measurements, by the names of the state's schema.
        telemetry: Map<String, Value>,
    },
    /// It did not.
    Failed {
        /// The kind of failure.
        category: FailureCategory,
        /// What it said.
        error: String,
    },
    /// Nobody knows: the process ended between start and end.
    Lost,
}

/// Kinds of failure. The list is closed: breaker, retries and reports know all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureCategory {
    /// Code does not build.
    BuildError,
    /// What was written is missing or not valid.
    ValidationError,
    /// A deployment failed.
    DeploymentError,
    /// Nothing came, or nothing changed.
    EmptyResponse,
    /// It took too long, or was silent too long.
    Timeout,
    /// A login has ended or was refused.
    AuthExpired,
    /// A budget of turns, tokens or cost is spent.
    BudgetExceeded,
    /// The program could not be started, crashed, or answered what nobody can read.
    AgentError,
    /// It touched what it must not.
    ForbiddenChange,
    /// Somebody stopped it.
    Interrupted,
}

/// What a review says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewVerdict {
    /// Nothing stands in the way.
    Approved,
    /// Something must be mended; see the findings file.
    NeedsRevision,
    /// The step before the one reviewed must be done anew.
    RequiresEarlierStep,
    /// The review itself failed.
    Failed,
}

/// What a machine gate says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Everything that blocks is in order.
    Pass,
    /// Something is not.
    Fail,
    /// Something could not be looked at.
    Inconclusive,
}
