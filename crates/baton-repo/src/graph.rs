//! The workflow graph: steps, gates and the ways between them.
//!
//! One type for every known format, normalised, with the place of each part. Rules judge it
//! and the runner walks it; what is right or wrong about it is not decided here.

mod challenger;
mod dominators;
mod edges;
mod facts;
mod flow;
mod format;
mod load;
mod metadata;
mod node;
mod order;
mod reader;
mod variants;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use baton_source::{FileId, Span, Spanned};

pub use challenger::{Challenger, Count, Matrix, MatrixKind, Review, Tier};
pub use dominators::{Dominators, dominators};
pub use edges::{Condition, Edge, NodeRef, Outcome};
pub use facts::{GraphFacts, graph_facts};
pub use flow::{Flow, ancestors, reachable, terminals};
pub use format::Format;
pub use load::{LoadError, LoadErrorKind, Loaded, load};
pub use metadata::{Metadata, PlanLock, ScoreTier, Toggle};
pub use node::{
    Gate, GateKind, GraphNode, NodeCondition, NodeKind, Precondition, RequiresMode, Variant,
};
pub use order::{Order, cycles, knots, shortest, untangle};

/// Text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text, decoded.
    pub value: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A workflow.
#[derive(Debug, Clone)]
pub struct WorkflowGraph {
    /// The shape it was written in.
    pub format: Format,
    /// The whole value.
    pub span: Span,
    /// The key `nodes`.
    pub nodes_key: Span,
    /// Steps and gates in the order of the text.
    pub nodes: Vec<GraphNode>,
    /// Ways forward in the order of the text.
    pub edges: Vec<Edge>,
    /// Ways back in the order of the text.
    pub return_edges: Vec<Edge>,
    /// Who carries reviews.
    pub reviewers: Option<Reviewers>,
    /// Agents every agent may hand back to.
    pub orchestrator_targets: Vec<Text>,
    /// Handoff targets that are not agents.
    pub pseudo_targets: Vec<Text>,
    /// Facts about the graph as a whole.
    pub metadata: Metadata,
    index: BTreeMap<String, usize>,
}

/// The two agents that carry reviews.
#[derive(Debug, Clone)]
pub struct Reviewers {
    /// The whole entry.
    pub span: Span,
    /// The agent a person is handed to.
    pub wrapper_agent: Option<Text>,
    /// The agent other agents start.
    pub review_subagent: Option<Text>,
}

/// The decision whose values are the tracks.
pub const ROUTING_DECISION: &str = "iac_tool";

/// One value of a decision on which nodes are conditioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Branch<'g> {
    /// The decision.
    pub decision: &'g str,
    /// Its value.
    pub value: &'g str,
}

/// A graph file of a repository and what was read from it.
#[derive(Debug)]
pub struct GraphFile {
    /// The file.
    pub file: FileId,
    /// The graph, and what could not be read.
    pub loaded: Loaded,
}

impl Spanned for Text {
    fn span(&self) -> Span {
        self.span
    }
}

/// The form in which identifiers are compared: lower case, dots as underscores.
pub fn canonical(id: &str) -> String {
    id.to_lowercase().replace('.', "_")
}

impl WorkflowGraph {
    /// The number of the node with an identifier in any spelling; of twins, the first.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.index.get(&canonical(id)).copied()
    }

    /// The node with a number.
    pub fn node(&self, number: usize) -> Option<&GraphNode> {
        self.nodes.get(number)
    }

    /// The identifier of a node as it is written; empty when there is no such node.
    pub fn id(&self, number: usize) -> &str {
        self.node(number).map_or("", |node| node.id.value.as_str())
    }

    /// The nodes at which a run may begin: those that require nothing.
    pub fn roots(&self) -> Vec<usize> {
        let numbered = self.nodes.iter().enumerate();
        let roots = numbered.filter(|(_, node)| node.requires.is_empty());
        roots.map(|(number, _)| number).collect()
    }

    /// The forward edges that leave a node.
    pub fn edges_from(&self, number: usize) -> impl Iterator<Item = &Edge> {
        let from = move |edge: &&Edge| edge.from.node == Some(number);
        self.edges.iter().filter(from)
    }

    /// Every value that some node is conditioned on, and every track.
    pub fn branches(&self) -> Vec<Branch<'_>> {
        let conditions = || self.nodes.iter().filter_map(|node| node.condition.as_ref());
        let routed = conditions().any(|condition| condition.decision() == ROUTING_DECISION);
        let tracks = self.metadata.iac_tracks.iter().flatten();
        let tracks = tracks.filter(|_| routed).map(|track| Branch {
            decision: ROUTING_DECISION,
            value: &track.value,
        });
        let written = conditions().map(|condition| Branch {
            decision: condition.decision(),
            value: &condition.equals.value,
        });
        let mut seen = BTreeSet::new();
        let mut branches: Vec<Branch<'_>> = written.chain(tracks).collect();
        branches.retain(|branch| seen.insert((branch.decision, branch.value.to_lowercase())));
        branches
    }

    /// Whether a node takes part when a decision has a value.
    pub fn applies(&self, number: usize, branch: Option<Branch<'_>>) -> bool {
        let condition = self.node(number).and_then(|node| node.condition.as_ref());
        match (condition, branch) {
            (Some(condition), Some(branch)) => {
                condition.decision() != branch.decision
                    || condition.equals.value.eq_ignore_ascii_case(branch.value)
            }
            _ => true,
        }
    }

    /// Whether no run can hold both nodes, because one decision would need two values.
    pub fn exclude(&self, one: usize, other: usize) -> bool {
        let condition = |number| self.node(number).and_then(|node| node.condition.as_ref());
        let (Some(one), Some(other)) = (condition(one), condition(other)) else {
            return false;
        };
        one.decision() == other.decision()
            && !one.equals.value.eq_ignore_ascii_case(&other.equals.value)
    }
}
