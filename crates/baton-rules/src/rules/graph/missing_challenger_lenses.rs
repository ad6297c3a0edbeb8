//! Each tier of a review matrix has points of view.

use crate::support::graph::challengers;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for (id, challenger) in challengers(ctx, file) {
        for tier in challenger.matrix.iter().flat_map(|matrix| &matrix.tiers) {
            if tier.review.lenses.as_ref().is_none_or(Vec::is_empty) {
                let message = format!("the tier `{}` of `{id}` has no lenses", tier.name.value);
                out.report(file.at(&tier.name), message)
                    .help("List one lens for each pass.");
            }
        }
    }
}
