//! A node requires the nodes whose completion leads to it.

use baton_repo::graph::{Format, GraphNode, Outcome, WorkflowGraph};

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let graph = graph(ctx, file).filter(|graph| graph.format != Format::AlzArray);
    let Some(graph) = graph else { return };
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); graph.nodes.len()];
    for edge in graph
        .edges
        .iter()
        .filter(|edge| edge.opens_on(Outcome::Complete))
    {
        let list = edge.to.node.and_then(|to| before.get_mut(to));
        if let (Some(list), Some(from)) = (list, edge.from.node) {
            list.push(from);
        }
    }
    for (node, mut before) in graph.nodes.iter().zip(before) {
        before.sort_unstable();
        before.dedup();
        compare(file, graph, (node, &before), out);
    }
}

fn compare(
    file: &File,
    graph: &WorkflowGraph,
    (node, before): (&GraphNode, &[usize]),
    out: &mut Findings,
) {
    let id = &node.id.value;
    for required in &node.requires {
        let Some(number) = required.node else {
            continue;
        };
        if before.binary_search(&number).is_err() {
            let message = format!(
                "`{id}` requires `{}`, whose completion does not lead to it",
                required.id.value
            );
            out.report(file.at(required), message).help(format!(
                "Add the edge `{} → {id}`, or remove it from `requires`.",
                required.id.value
            ));
        }
    }
    for &number in before {
        let required = node
            .requires
            .iter()
            .any(|required| required.node == Some(number));
        let Some(other) = graph
            .node(number)
            .filter(|other| !required && !other.optional)
        else {
            continue;
        };
        let edge = graph
            .edges_from(number)
            .find(|edge| graph.find(&edge.to.id.value) == graph.find(id));
        let finding = out.report(
            file.at(node),
            format!(
                "completion of `{}` leads to `{id}`, which does not require it",
                other.id.value
            ),
        );
        finding.help(format!(
            "Add `{}` to `requires`, or remove the edge.",
            other.id.value
        ));
        if let Some(edge) = edge {
            finding.label(file.at(edge), "the edge");
        }
    }
}
