//! Agents of steps are in the registry, from which runs take their models.

use crate::support::graph_agents::{Known, registered};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let registered = registered(ctx.repo);
    if registered.is_empty() || ctx.repo.graphs().is_empty() {
        return;
    }
    let known = Known::of(ctx.repo);
    for graph_file in ctx.repo.graphs() {
        let file = ctx.repo.by_id(graph_file.file);
        let (Some(file), Some(graph)) = (file, &graph_file.loaded.graph) else {
            continue;
        };
        for node in &graph.nodes {
            // Agents without a file are `unknown-graph-agent`'s business.
            let Some(agent) = &node.agent else { continue };
            let Some(defined) = known.file_of(&agent.value) else {
                continue;
            };
            if registered.contains(&defined.to_lowercase()) {
                continue;
            }
            let message = format!("the agent `{}` is not in the agent registry", agent.value);
            out.report(file.at(agent), message)
                .help(format!("Add an entry for `{defined}` to the registry."));
        }
    }
}
