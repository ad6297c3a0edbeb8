//! Reviews look from points of view that exist.

use std::collections::BTreeSet;

use baton_repo::graph::{Text, graph_facts};

use crate::support::graph::{challengers, meant};
use crate::support::lenses::registry;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let protocol = registry(ctx.repo).filter(|protocol| !protocol.names.is_empty());
    let usual = || graph_facts().lenses.iter().map(String::as_str).collect();
    let known: BTreeSet<&str> = match &protocol {
        Some(protocol) => protocol.names.clone(),
        None => usual(),
    };
    for (id, challenger) in challengers(ctx, file) {
        let lenses = challenger
            .reviews()
            .filter_map(|review| review.lenses.as_ref());
        let unknown = |lens: &&Text| !known.contains(lens.value.as_str());
        for lens in lenses.flatten().filter(unknown) {
            let message = format!("the review of `{id}` has the unknown lens `{}`", lens.value);
            let found = out.report(file.at(lens), message);
            found.help(meant(&lens.value, known.iter().copied()));
            if let Some((protocol, heading)) = protocol
                .as_ref()
                .and_then(|it| Some((it.file, it.heading?)))
            {
                found.label(protocol.at(heading), "lenses are listed here");
            }
        }
    }
}
