//! A node does not wait for two tracks of which only one runs.

use baton_repo::graph::{Format, RequiresMode};

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let graph = graph(ctx, file).filter(|graph| graph.format != Format::AlzArray);
    let Some(graph) = graph else { return };
    for node in graph
        .nodes
        .iter()
        .filter(|node| node.requires_mode == RequiresMode::All)
    {
        let required: Vec<usize> = node
            .requires
            .iter()
            .filter_map(|required| required.node)
            .collect();
        let conditioned = required.iter().copied();
        let conditioned = conditioned.filter(|number| {
            graph
                .node(*number)
                .is_some_and(|node| node.condition.is_some())
        });
        let Some(first) = conditioned.clone().next() else {
            continue;
        };
        let Some(other) = conditioned
            .clone()
            .find(|other| graph.exclude(first, *other))
        else {
            continue;
        };
        let message = format!(
            "`{}` waits for `{}` and `{}`, of which only one can run",
            node.id.value,
            graph.id(first),
            graph.id(other)
        );
        let at = node.requires_mode_span.unwrap_or(node.id.span);
        out.report(file.at(&at), message)
            .help("Set `requires_mode` to `any`.");
    }
}
