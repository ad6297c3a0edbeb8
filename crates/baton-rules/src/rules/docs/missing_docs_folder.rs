//! The documentation is where the checks look for it.

use crate::support::docs;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    let Some(folder) = docs::conventions(ctx).docs_folder.as_ref() else {
        return;
    };
    if repo.of_kind("docs-page").next().is_some() {
        return;
    }
    // Without agents nobody is told where documents are.
    let Some(agent) = repo.of_kind("agent").next() else {
        return;
    };
    out.report(
        agent.whole(),
        format!("there are agents but no documentation in `{folder}`: none was judged"),
    )
    .help("Say in `baton.toml` where pages are: `[layout.kinds]` with `docs-page`.");
}
