//! There is a table of steps beside the workflow graph.

use crate::support::workflow_table::{graph, section, table};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some((graph_file, _)) = graph(ctx.repo) else {
        return;
    };
    let titles = &ctx.repo.handoff_conventions().table_headings;
    let help = format!(
        "Add a section `## {}` with a table whose first column is `Step`.",
        titles.first().map_or("", String::as_str)
    );
    let mut files = ctx.repo.of_kind("workflow-table").peekable();
    if files.peek().is_none() {
        let message = "no file has a table of the workflow's steps";
        out.report(graph_file.whole(), message).help(help.clone());
    }
    for file in files.filter(|file| file.problem().is_none()) {
        match section(ctx.repo, file) {
            None => {
                let message = "the file has no section on the workflow's steps";
                out.report(file.whole(), message).help(help.clone());
            }
            Some(heading) if table(file, heading).is_none() => {
                let message = format!("`{}` has no table of steps", heading.text);
                out.report(file.at(heading), message).help(help.clone());
            }
            Some(_) => {}
        }
    }
}
