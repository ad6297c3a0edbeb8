//! Every row of the table of steps is a step of the workflow.

use crate::support::workflow_table::synced;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for table in synced(ctx.repo) {
        for row in &table.rows {
            let step = row.step.text.trim();
            if table.steps.contains_key(step) {
                continue;
            }
            let message = format!("the workflow has no step `{step}`");
            let found = out.report(table.file.at(row.step), message);
            let known: Vec<&str> = table.steps.keys().map(String::as_str).collect();
            found.help(format!(
                "Remove the row, or use one of {}.",
                known.join(", ")
            ));
            found.label(
                table.graph_file.at(&table.nodes_key),
                "the steps of the graph",
            );
        }
    }
}
