//! Where tracks part, each track has exactly one way.

use std::collections::BTreeMap;

use baton_repo::graph::{GraphNode, ROUTING_DECISION, Text, WorkflowGraph};

use crate::support::graph::{follows_completion, graph};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); graph.nodes.len()];
    for edge in graph.edges.iter().filter(|edge| follows_completion(edge)) {
        let list = edge.from.node.and_then(|from| after.get_mut(from));
        if let (Some(list), Some(to)) = (list, edge.to.node) {
            list.push(to);
        }
    }
    for (node, mut after) in graph.nodes.iter().zip(after) {
        after.sort_unstable();
        after.dedup();
        let next: Vec<&GraphNode> = after.iter().filter_map(|to| graph.node(*to)).collect();
        judge(file, graph, (node, &next), out);
    }
}

fn judge(
    file: &File,
    graph: &WorkflowGraph,
    (node, next): (&GraphNode, &[&GraphNode]),
    out: &mut Findings,
) {
    let conditions = || {
        next.iter()
            .filter_map(|next| Some((*next, next.condition.as_ref()?)))
    };
    let Some((_, first)) = conditions().next() else {
        return;
    };
    let decision = first.decision();
    let same = conditions().filter(|(_, condition)| condition.decision() == decision);
    let taken: Vec<(&GraphNode, &Text)> = same
        .map(|(target, condition)| (target, &condition.equals))
        .collect();
    twins(file, node, &taken, out);
    let tracks = graph.metadata.iac_tracks.as_ref();
    let Some(tracks) = tracks.filter(|_| decision == ROUTING_DECISION) else {
        return;
    };
    for (_, value) in taken
        .iter()
        .filter(|(_, value)| !tracks.iter().any(|track| same_value(track, value)))
    {
        out.report(
            file.at(*value),
            format!("`{}` is none of the tracks", value.value),
        )
        .help("Add it to `iac_tracks`, or use one of the tracks.");
    }
    if next.iter().any(|next| next.condition.is_none()) {
        return;
    }
    let own = node
        .condition
        .as_ref()
        .filter(|condition| condition.decision() == decision);
    for track in tracks {
        let elsewhere = own.is_some_and(|own| !same_value(&own.equals, track));
        if !elsewhere && !taken.iter().any(|(_, value)| same_value(value, track)) {
            let message = format!(
                "nothing follows `{}` when `{decision}` is `{}`",
                node.id.value, track.value
            );
            out.report(file.at(node), message)
                .label(file.at(track), "the track")
                .help(format!(
                    "Add a step for `{}`, or remove the track.",
                    track.value
                ));
        }
    }
}

fn twins(file: &File, node: &GraphNode, taken: &[(&GraphNode, &Text)], out: &mut Findings) {
    let mut first: BTreeMap<String, &GraphNode> = BTreeMap::new();
    for (target, value) in taken {
        let twin = *first.entry(value.value.to_lowercase()).or_insert(target);
        if std::ptr::eq(twin, *target) {
            continue;
        }
        let message = format!(
            "`{}` and `{}` both follow `{}` for `{}`",
            twin.id.value, target.id.value, node.id.value, value.value
        );
        out.report(file.at(*value), message)
            .label(file.at(twin), "the other way")
            .help("Give them different values, or leave one out.");
    }
}

fn same_value(one: &Text, other: &Text) -> bool {
    one.value.eq_ignore_ascii_case(&other.value)
}
