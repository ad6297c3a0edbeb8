//! The shapes in which graphs are written.

use baton_syntax::node::Node;

/// A shape, found from the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Nodes and edges; reviews in a matrix.
    V2_0,
    /// Also how complexity decides on reviews.
    V2_1,
    /// Also return edges, reviewers and handoff targets.
    V2_2,
    /// Also preconditions, rewritten artifacts and the plan lock.
    V2_3,
    /// One track, no machine gate, reviews that can be switched off.
    V3Fork,
    /// Nodes as a list, with variants per track.
    AlzArray,
}

impl Format {
    /// Whether it belongs to the second major version, whose fields the schema describes.
    pub fn is_v2(self) -> bool {
        !matches!(self, Format::V3Fork | Format::AlzArray)
    }

    /// The shape of a graph; the version itself when nothing is known of it.
    pub(super) fn detect(root: &Node) -> Result<Format, String> {
        if root.get("nodes").is_some_and(Node::is_sequence) {
            return Ok(Format::AlzArray);
        }
        let version = root.get("metadata").and_then(|data| data.get("version"));
        let Some(version) = version.and_then(Node::as_str) else {
            return Ok(from_keys(root));
        };
        match version {
            "2.0" => Ok(Format::V2_0),
            "2.1" => Ok(Format::V2_1),
            "2.2" => Ok(Format::V2_2),
            "3.0" if is_fork(root) => Ok(Format::V3Fork),
            // A higher minor version only adds.
            _ if is_second_major(version) => Ok(Format::V2_3),
            _ => Err(version.to_owned()),
        }
    }
}

fn is_second_major(version: &str) -> bool {
    let minor = version.strip_prefix("2.").unwrap_or_default();
    !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit())
}

/// The oldest second-major shape that has the keys a graph uses.
fn from_keys(root: &Node) -> Format {
    let on_nodes = |keys: &[&str]| {
        let nodes = root.get("nodes").map_or(&[][..], Node::entries);
        let mut used = nodes.iter().flat_map(|node| node.value.entries());
        used.any(|entry| keys.contains(&entry.key.as_str()))
    };
    let metadata = |key: &str| {
        root.get("metadata")
            .is_some_and(|data| data.get(key).is_some())
    };
    if metadata("plan_lock")
        || on_nodes(&["preconditions", "mutates", "plan_readonly", "frozen_inputs"])
    {
        Format::V2_3
    } else if ["return_edges", "challenger", "orchestrator_targets"]
        .iter()
        .any(|key| root.get(key).is_some())
    {
        Format::V2_2
    } else if metadata("complexity_routing") {
        Format::V2_1
    } else {
        Format::V2_0
    }
}

/// Whether a graph that calls itself 3.0 is the known fork: one track whose steps 5 and 6
/// have no condition, and no gates 4 and 5.
fn is_fork(root: &Node) -> bool {
    let Some(nodes) = root.get("nodes") else {
        return false;
    };
    let unconditioned = |id: &str| {
        nodes
            .get(id)
            .is_some_and(|node| node.get("condition").is_none_or(Node::is_null))
    };
    nodes.is_mapping()
        && unconditioned("step-5")
        && unconditioned("step-6")
        && nodes.get("gate-4").is_none()
        && nodes.get("gate-5").is_none()
}
