//! Lenses that agents name are those of the review protocol.

use baton_source::Span;

use crate::support::graph::meant;
use crate::support::handoffs::{agents, has};
use crate::support::lenses::{named, registry};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    // Without a list every name would be wrong; that is one finding, of another rule.
    let Some(known) = registry(ctx.repo).filter(|known| !known.names.is_empty()) else {
        return;
    };
    let sentinels = &ctx.repo.handoff_conventions().not_lenses;
    for (_, file) in agents(ctx.repo) {
        for (name, place) in named(file.text()) {
            if known.names.contains(name) || has(sentinels, name) {
                continue;
            }
            let message = format!("the review protocol has no lens `{name}`");
            let found = out.report(file.at(&place), message);
            found.help(meant(name, known.names.iter().copied()));
            let heading = known.heading.map_or(Span::at(0), |heading| heading.span);
            found.label(known.file.at(&heading), "lenses are listed here");
        }
    }
}
