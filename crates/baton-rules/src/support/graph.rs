//! What rules about the workflow graph share.

use std::collections::BTreeSet;

use baton_repo::graph::{
    Challenger, Condition, Edge, GraphNode, LoadErrorKind, Order, Outcome, WorkflowGraph,
};
use baton_source::nearest;

use crate::{Ctx, File, Findings};

/// The graph in a file.
pub(crate) fn graph<'a>(ctx: &Ctx<'a>, file: &File) -> Option<&'a WorkflowGraph> {
    ctx.repo.graph_in(file)?.loaded.graph.as_ref()
}

/// Reports what could not be read of one kind of part.
pub(crate) fn report_errors(
    ctx: &Ctx<'_>,
    file: &File,
    (kind, help): (LoadErrorKind, &str),
    out: &mut Findings,
) {
    let Some(graph) = ctx.repo.graph_in(file) else {
        return;
    };
    for error in graph
        .loaded
        .errors
        .iter()
        .filter(|error| error.kind == kind)
    {
        out.report(file.at(error), error.message.clone()).help(help);
    }
}

/// Whether an edge is taken when its source completes. A condition nobody knows counts as that:
/// one misspelt word is one finding.
pub(crate) fn follows_completion(edge: &Edge) -> bool {
    let unknown = |condition: &Condition| condition.outcome.is_none();
    edge.opens_on(Outcome::Complete)
        || edge.conditions.is_empty()
        || edge.conditions.iter().any(unknown)
}

/// Forward edges, then return edges; the second value tells which.
pub(crate) fn all_edges(graph: &WorkflowGraph) -> impl Iterator<Item = (&Edge, bool)> {
    let forward = graph.edges.iter().map(|edge| (edge, false));
    forward.chain(graph.return_edges.iter().map(|edge| (edge, true)))
}

/// Review settings with the identifier of their step.
pub(crate) fn challengers<'a>(
    ctx: &Ctx<'a>,
    file: &File,
) -> impl Iterator<Item = (&'a str, &'a Challenger)> {
    let nodes = graph(ctx, file).into_iter().flat_map(|graph| &graph.nodes);
    nodes.filter_map(|node| Some((node.id.value.as_str(), node.challenger.as_ref()?)))
}

/// Source, target and condition of every edge between known nodes.
pub(crate) fn triples(edges: &[Edge]) -> impl Iterator<Item = ((usize, usize, &str), &Edge)> {
    edges.iter().flat_map(|edge| {
        let ends = edge.from.node.zip(edge.to.node);
        let conditions = edge.conditions.iter();
        conditions.filter_map(move |condition| {
            let (from, to) = ends?;
            Some(((from, to, condition.text.value.as_str()), edge))
        })
    })
}

/// The nodes that some edge leaves on an outcome.
pub(crate) fn sources_of<'g>(
    edges: impl Iterator<Item = &'g Edge>,
    outcome: Outcome,
) -> BTreeSet<usize> {
    let edges = edges.filter(|edge| edge.opens_on(outcome));
    edges.filter_map(|edge| edge.from.node).collect()
}

/// The letter after a step's number that tells its track.
pub(crate) fn track_letter(node: &GraphNode) -> Option<char> {
    node.step_number()?;
    let last = node.canonical.chars().next_back()?;
    matches!(last, 'b' | 't').then_some(last)
}

/// The nodes reached from some nodes, looking no further than the last of the goals.
pub(crate) fn spread_until(order: &Order, starts: &[usize], goals: &[usize]) -> BTreeSet<usize> {
    let furthest = goals.iter().map(|goal| order.place(*goal)).max();
    let mut reached = BTreeSet::new();
    let mut open: Vec<usize> = starts.to_vec();
    while let Some(node) = open.pop() {
        if Some(order.place(node)) <= furthest && reached.insert(node) {
            open.extend(order.flow.successors(node));
        }
    }
    reached
}

/// The names of nodes along a way; of a very long one, both ends.
pub(crate) fn way(graph: &WorkflowGraph, nodes: &[usize]) -> String {
    const LONGEST: usize = 40;
    let mut names: Vec<&str> = nodes.iter().map(|node| graph.id(*node)).collect();
    if names.len() > LONGEST {
        names.splice(LONGEST / 2..names.len() - LONGEST / 2, ["…"]);
    }
    names.join(" → ")
}

/// A sentence that names what was probably meant, or everything there is when that is little.
pub(crate) fn meant<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(name, known.iter().copied()).filter(|_| !name.is_empty()) {
        Some(near) => format!("Write `{near}` if that is meant."),
        None if known.len() <= 12 => format!("Use one of {}.", known.join(", ")),
        None => "Correct the name.".to_owned(),
    }
}

/// A sentence that names the node that was probably meant.
pub(crate) fn meant_node(graph: &WorkflowGraph, name: &str) -> String {
    // Measuring against thousands of names would help nobody.
    let known = graph.nodes.iter().take(200);
    meant(name, known.map(|node| node.id.value.as_str()))
}
