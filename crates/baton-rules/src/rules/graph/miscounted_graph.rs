//! The figures a graph gives about itself are right.

use std::collections::BTreeSet;

use baton_repo::graph::{Count, Format, GraphNode, NodeKind};

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    // Its own rule reports a node that is neither; the figures would only repeat it.
    if graph
        .nodes
        .iter()
        .any(|node| node.kind == NodeKind::Unknown)
    {
        return;
    }
    let gates = graph.nodes.iter().filter(|node| node.is_gate()).count();
    let steps = graph.nodes.iter().filter(|node| node.is_step());
    let numbers: BTreeSet<&str> = steps.filter_map(GraphNode::step_number).collect();
    let whole: BTreeSet<&str> = numbers
        .iter()
        .filter_map(|number| number.split('_').next())
        .collect();
    let says = |count: &Count, number: usize| {
        count.value.and_then(|value| usize::try_from(value).ok()) == Some(number)
    };
    if let Some(total) = graph
        .metadata
        .total_gates
        .filter(|total| !says(total, gates))
    {
        out.report(file.at(&total), format!("the number of gates is {gates}"))
            .help(format!("Write {gates}."));
    }
    if let Some(total) = graph.metadata.total_steps {
        // The oldest graphs count half steps too.
        let halves = graph.format == Format::V2_0 && says(&total, numbers.len());
        if !halves && !says(&total, whole.len()) {
            out.report(
                file.at(&total),
                format!("the number of steps is {}", whole.len()),
            )
            .help(format!("Write {}.", whole.len()));
        }
    }
}
