//! Agents that the graph names exist.

use crate::support::graph::meant;
use crate::support::graph_agents::{Known, named};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if ctx.repo.graphs().is_empty() {
        return;
    }
    let known = Known::of(ctx.repo);
    if known.is_empty() {
        return;
    }
    for graph_file in ctx.repo.graphs() {
        let file = ctx.repo.by_id(graph_file.file);
        let (Some(file), Some(graph)) = (file, &graph_file.loaded.graph) else {
            continue;
        };
        for (owner, agent) in named(graph) {
            if agent.value.trim().is_empty() || known.file_of(&agent.value).is_some() {
                continue;
            }
            let message = format!(
                "{owner} names the agent `{}`, which no file defines",
                agent.value
            );
            out.report(file.at(agent), message)
                .help(meant(&agent.value, known.names()));
        }
    }
}
