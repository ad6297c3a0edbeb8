//! What the workflow of the apex family calls its steps, agents and files: data of the pack.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_repo::graph::{self, Loaded};
use baton_syntax::json::{self, Dialect};
use serde::Deserialize;

use crate::event::FailureCategory;

/// The text of the graph for repositories that have none.
pub const WORKFLOW_GRAPH: &str = include_str!("../../../rules/packs/apex/workflow-graph.json");

/// What the runner knows of the family's workflow.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Runner {
    /// Gates after which a session ends.
    pub session_break: Vec<String>,
    /// How many parts of a fan-out run at a time.
    pub fan_out_limit: usize,
    /// Decisions by which an optional step is left out unasked, by the step's key.
    pub skip_decisions: BTreeMap<String, String>,
    /// Steps in the order of the workflow.
    #[serde(rename = "step")]
    pub steps: Vec<StepFacts>,
    /// Agents by node, where a generation has others.
    pub agents: BTreeMap<String, BTreeMap<String, AgentName>>,
    /// Which agent leads, by generation; `default` for all others.
    pub conductor: BTreeMap<String, String>,
    /// Which work may have effects outside the repository.
    pub deploying: Deploying,
    /// How much is reviewed.
    pub review: ReviewFacts,
    /// When the circuit breaker halts.
    pub breaker: BreakerFacts,
    /// How long to wait before another try.
    pub retry: RetryFacts,
    /// Kinds of model by what they are for.
    #[serde(rename = "tier")]
    pub tiers: Vec<ModelTier>,
}

/// What is known of a step.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StepFacts {
    /// Its key in the session's document.
    pub key: String,
    /// Its name there.
    pub name: String,
    /// Its agent in a new document; empty where tracks differ.
    #[serde(default)]
    pub agent: String,
    /// The artifact that calls for a review.
    pub gating_artifact: Option<String>,
    /// The file in which that review stands.
    pub sidecar: Option<String>,
    /// Whether a new document has a place for what was reviewed.
    #[serde(default)]
    pub audited: bool,
}

/// What a generation calls the agent of a node.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum AgentName {
    /// One name.
    One(String),
    /// A name on each track, by the value of the routing decision.
    ByTrack(BTreeMap<String, String>),
}

/// Which work may have effects outside the repository.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Deploying {
    /// Keys of steps.
    pub steps: Vec<String>,
    /// How the names of artifacts begin that such work leaves.
    pub artifacts: Vec<String>,
}

/// How much is reviewed.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReviewFacts {
    /// The decision that sets the depth.
    pub depth_decision: String,
    /// Its values that mean more than the default.
    pub deep: Vec<String>,
    /// The most reviews of a step.
    pub ceiling: u32,
    /// The same when reviews are deep.
    pub deep_ceiling: u32,
    /// The decision that sets the tier.
    pub tier_decision: String,
    /// The tier when nothing is decided.
    pub default_tier: String,
    /// Other names of tiers.
    pub tier_names: BTreeMap<String, String>,
    /// The point of view when none is named.
    pub default_lens: String,
}

/// When the circuit breaker halts.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BreakerFacts {
    /// How often the same error may come in a row, the last time included.
    pub same_error: u32,
    /// How often one category may come in a row.
    pub same_category: u32,
    /// The same for categories with a number of their own; 0 never halts.
    pub categories: BTreeMap<FailureCategory, u32>,
    /// Names of the patterns of categories.
    pub patterns: BTreeMap<FailureCategory, String>,
    /// How often a gate may fail in a row.
    pub gate_failures: u32,
    /// How often a way back may be taken in a row because of a failure.
    pub failed_returns: u32,
    /// How often a node may be tried, whatever its failures are.
    pub attempts: u32,
    /// Categories of failure that what was handed over earlier is to blame for.
    pub fault_of_input: Vec<FailureCategory>,
}

/// How long to wait before another try.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RetryFacts {
    /// The first wait.
    pub first_ms: u64,
    /// By what each further wait is longer.
    pub factor: f64,
    /// The longest wait.
    pub cap_ms: u64,
    /// By which part of it a wait may differ.
    pub jitter: f64,
    /// First waits of categories with one of their own; 0 does not wait.
    pub categories: BTreeMap<FailureCategory, u64>,
}

/// Models for one kind of work.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ModelTier {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Families of models, the best first.
    pub families: Vec<String>,
    /// Keys of steps whose agents use it.
    #[serde(default)]
    pub steps: Vec<String>,
    /// Roles that use it: `conductor`, `review`, `state`.
    #[serde(default)]
    pub roles: Vec<String>,
}

impl Runner {
    /// What is known of a step.
    pub fn step(&self, key: &str) -> Option<&StepFacts> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// The agent that a generation has for a node of the pack's graph on a track, where that
    /// differs from the graph.
    pub fn agent(&self, generation: &str, node: &str, track: &str) -> Option<&str> {
        match self.agents.get(generation)?.get(&graph::canonical(node))? {
            AgentName::One(name) => Some(name),
            AgentName::ByTrack(names) => {
                let mut names = names.iter();
                let named = names.find(|(name, _)| name.eq_ignore_ascii_case(track));
                named.map(|(_, name)| name.as_str())
            }
        }
    }

    /// The agent that leads in a generation.
    pub fn conductor(&self, generation: &str) -> &str {
        let named = self.conductor.get(generation);
        named
            .or_else(|| self.conductor.get("default"))
            .map_or("", String::as_str)
    }

    /// The models for the agent of a step; those of the first tier when none names the step.
    pub fn tier_of_step(&self, key: &str) -> Option<&ModelTier> {
        let names = |tier: &&ModelTier| tier.steps.iter().any(|step| step == key);
        self.tiers.iter().find(names).or_else(|| self.tiers.first())
    }

    /// The models for a role.
    pub fn tier_of_role(&self, role: &str) -> Option<&ModelTier> {
        let names = |tier: &&ModelTier| tier.roles.iter().any(|name| name == role);
        self.tiers.iter().find(names).or_else(|| self.tiers.first())
    }
}

/// What the runner knows of the family's workflow.
pub fn runner() -> &'static Runner {
    static RUNNER: LazyLock<Runner> = LazyLock::new(|| {
        let text = include_str!("../../../rules/packs/apex/runner.toml");
        toml::from_str(text).unwrap_or_default()
    });
    &RUNNER
}

/// The graph for repositories that have none.
pub fn workflow_graph() -> Loaded {
    let document = json::parse(WORKFLOW_GRAPH, Dialect::Strict);
    document
        .root
        .as_ref()
        .map_or_else(Loaded::default, graph::load)
}

/// The digest of that graph, as of any file with a workflow.
pub fn workflow_graph_digest() -> String {
    crate::canonical::graph_digest(WORKFLOW_GRAPH)
}

#[cfg(test)]
mod tests;
