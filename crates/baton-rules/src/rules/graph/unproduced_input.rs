//! What a step reads or rewrites was produced before it.

use crate::support::artifact_flow::ArtifactFlow;
use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    if graph
        .nodes
        .iter()
        .all(|node| node.mutates.is_empty() && node.frozen_inputs.is_none())
    {
        return;
    }
    for missing in ArtifactFlow::of(graph).unproduced() {
        let (id, artifact) = (graph.id(missing.consumer), &missing.artifact.value);
        let message = match missing.producers.first() {
            None => format!("`{id}` uses `{artifact}`, which no step produces"),
            Some(producer) => format!(
                "`{id}` uses `{artifact}`, which `{}` produces too late",
                graph.id(*producer)
            ),
        };
        let finding = out.report(file.at(missing.artifact), message);
        finding.help("List the artifact in `produces` of an earlier step.");
        if let Some(producer) = missing
            .producers
            .first()
            .and_then(|producer| graph.node(*producer))
        {
            finding.label(file.at(producer), "the producer");
        }
    }
}
