//! Artifacts are used by a later step.

use baton_repo::graph::{Flow, terminals};

use crate::support::artifact_flow::ArtifactFlow;
use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let last = terminals(&Flow::of(graph));
    let used = ArtifactFlow::of(graph);
    for (number, node) in graph.nodes.iter().enumerate() {
        if last.binary_search(&number).is_ok() {
            continue;
        }
        for artifact in node.produces.iter().flatten() {
            if !used.is_consumed(&artifact.value) {
                out.report(
                    file.at(artifact),
                    format!("no later step names `{}`", artifact.value),
                )
                .help("Name it in `frozen_inputs` or `mutates` of the step that uses it.");
            }
        }
    }
}
