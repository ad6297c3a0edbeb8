//! A repository whose agents follow a workflow says which.

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    if !repo.layout().is("apex") || repo.of_kind("workflow-graph").next().is_some() {
        return;
    }
    // Without agents there is no workflow, only what one left behind.
    let Some(agent) = repo.of_kind("agent").next() else {
        return;
    };
    let expected = repo.layout().kinds.get("workflow-graph");
    let Some(expected) = expected.and_then(|globs| globs.first()) else {
        return;
    };
    out.report(
        agent.whole(),
        format!("there are agents but no workflow graph at `{expected}`"),
    )
    .help(format!("Write the graph to `{expected}`."));
}
