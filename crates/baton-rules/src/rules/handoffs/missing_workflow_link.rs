//! Instructions that every agent reads link to the table of steps.

use baton_source::Severity;

use crate::support::workflow_table::graph;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some((graph_file, _)) = graph(ctx.repo) else {
        return;
    };
    let Some(link) = ctx.repo.handoff_conventions().table_link.as_deref() else {
        return;
    };
    let help = format!("Link to `{link}`.");
    let mut files = ctx.repo.of_kind("workflow-table-link").peekable();
    if files.peek().is_none() {
        let message = format!("no instructions for all agents link to `{link}`");
        let found = out.report(graph_file.whole(), message);
        found.severity(Severity::Warning).help(help.clone());
    }
    for file in files.filter(|file| file.problem().is_none()) {
        if !file.text().to_lowercase().contains(&link.to_lowercase()) {
            let message = format!("nothing links to `{link}`");
            out.report(file.whole(), message).help(help.clone());
        }
    }
}
