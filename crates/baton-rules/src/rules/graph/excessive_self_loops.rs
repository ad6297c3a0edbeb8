//! An agent offers few ways to do its own work again.

use std::collections::BTreeMap;

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let allowed = ctx.settings.graph.max_self_loops;
    let mut loops: BTreeMap<&str, usize> = BTreeMap::new();
    for edge in &graph.return_edges {
        let node = edge.from.node.filter(|from| edge.to.node == Some(*from));
        let Some(node) = node.and_then(|node| graph.node(node)) else {
            continue;
        };
        let agent = node.agent.as_ref().unwrap_or(&node.id);
        let count = loops.entry(agent.value.as_str()).or_default();
        *count += 1;
        if *count == allowed + 1 {
            let ways = if allowed == 1 { "way" } else { "ways" };
            let message = format!(
                "`{}` offers more than {allowed} {ways} to do its own work again",
                agent.value
            );
            out.report(file.at(edge), message)
                .help("Offer fewer choices.");
        }
    }
}
