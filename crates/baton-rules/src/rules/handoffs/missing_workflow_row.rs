//! Every step of the workflow has its row in the table of steps.

use crate::support::workflow_table::{Row, synced};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for table in synced(ctx.repo) {
        for (number, nodes) in &table.steps {
            let has_row = |row: &Row<'_>| row.step.text.trim() == number.as_str();
            if table.rows.iter().any(has_row) {
                continue;
            }
            let message = format!("the table has no row for step {number}");
            let found = out.report(table.file.at(&table.header), message);
            if let Some(node) = nodes.first() {
                found.label(table.graph_file.at(*node), "the step of the graph");
            }
            found.help("Add the row, or remove the step from the graph.");
        }
    }
}
