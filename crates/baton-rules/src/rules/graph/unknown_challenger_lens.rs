//! Reviews look from points of view that exist.

use baton_repo::graph::graph_facts;

use crate::support::graph::{challengers, meant};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let known = &graph_facts().lenses;
    for (id, challenger) in challengers(ctx, file) {
        let lenses = challenger
            .reviews()
            .filter_map(|review| review.lenses.as_ref());
        for lens in lenses.flatten().filter(|lens| !known.contains(&lens.value)) {
            let message = format!("the review of `{id}` has the unknown lens `{}`", lens.value);
            out.report(file.at(lens), message)
                .help(meant(&lens.value, known.iter().map(String::as_str)));
        }
    }
}
