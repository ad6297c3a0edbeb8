//! Nodes are conditioned on decisions that exist.

use baton_repo::graph::graph_facts;

use crate::support::graph::{graph, meant};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let toggles = graph
        .metadata
        .toggles
        .iter()
        .map(|toggle| &toggle.key.value);
    let extra = &ctx.settings.graph.decision_keys;
    let known: Vec<&str> = graph_facts()
        .decision_keys
        .iter()
        .chain(toggles)
        .chain(extra)
        .map(String::as_str)
        .collect();
    for node in &graph.nodes {
        let Some(condition) = &node.condition else {
            continue;
        };
        let field = &condition.field.value;
        let Some(key) = field.strip_prefix("decisions.") else {
            let message = format!(
                "the condition of `{}` looks at `{field}`, which is no decision",
                node.id.value
            );
            out.report(file.at(&condition.field), message)
                .help("Begin the field with `decisions.`.");
            continue;
        };
        let key = key.split('.').next().unwrap_or(key);
        if !known.contains(&key) {
            let message = format!(
                "the condition of `{}` looks at the unknown decision `{key}`",
                node.id.value
            );
            out.report(file.at(&condition.field), message)
                .help(meant(key, known.iter().copied()));
        }
    }
}
