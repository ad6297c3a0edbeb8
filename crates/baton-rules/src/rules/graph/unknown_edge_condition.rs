//! Edges open on outcomes that exist.

use baton_repo::graph::{Format, Outcome};

use crate::support::graph::{all_edges, graph, meant};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let names = Outcome::names(graph.format == Format::AlzArray);
    let names = || names.iter().map(|(name, _)| *name);
    for (edge, _) in all_edges(graph) {
        if edge.conditions.is_empty() {
            out.report(
                file.at(&edge.condition_span),
                format!("the edge `{}` has no condition", edge.title()),
            )
            .help(meant("", names()));
        }
        for condition in edge
            .conditions
            .iter()
            .filter(|condition| condition.outcome.is_none())
        {
            let text = &condition.text.value;
            let message = if text.trim().is_empty() {
                format!(
                    "the edge `{}` has a condition that is no text",
                    edge.title()
                )
            } else {
                format!(
                    "the edge `{}` has the unknown condition `{text}`",
                    edge.title()
                )
            };
            out.report(file.at(condition), message)
                .help(meant(text, names()));
        }
    }
}
