//! The table of steps names the gates of the workflow.

use crate::support::workflow_table::{gate, synced};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for table in synced(ctx.repo) {
        for row in &table.rows {
            let step = row.step.text.trim();
            let Some((cell, nodes)) = row.gate.zip(table.steps.get(step)) else {
                continue;
            };
            let (said, is) = (cell.text.trim(), gate(nodes));
            if said.is_empty() || said.to_lowercase() == is.to_lowercase() {
                continue;
            }
            let message = format!("step {step} has the gate `{is}` in the graph, not `{said}`");
            let found = out.report(table.file.at(cell), message);
            found.help(format!("Write `{is}`, or correct the graph."));
            for node in nodes {
                let span = node
                    .gate
                    .as_ref()
                    .map_or(node.id.span, |gate| gate.text.span);
                found.label(table.graph_file.at(&span), "the graph says so here");
            }
        }
    }
}
