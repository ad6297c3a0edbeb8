//! Settings about the workflow graph.

use serde::Deserialize;

/// Settings about the workflow graph.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Graph {
    /// Decisions that nodes may be conditioned on, besides the known ones.
    pub decision_keys: Vec<String>,
    /// How many return edges may lead from steps of one agent to themselves.
    pub max_self_loops: usize,
}

impl Default for Graph {
    fn default() -> Graph {
        Graph {
            decision_keys: Vec::new(),
            max_self_loops: 6,
        }
    }
}
