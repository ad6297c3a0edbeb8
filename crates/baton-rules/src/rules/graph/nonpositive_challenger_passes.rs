//! A fixed review, and each tier of a matrix, has at least one pass.

use baton_repo::graph::Count;

use crate::support::graph::challengers;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let too_few = |count: &Count| count.value.is_none_or(|value| value < 1);
    for (id, challenger) in challengers(ctx, file) {
        let fixed = challenger.default.passes.filter(|_| challenger.fixed);
        if let Some(passes) = fixed.filter(too_few) {
            out.report(
                file.at(&passes),
                format!("the review of `{id}` has no pass"),
            )
            .help("Write a whole number above zero, or leave the review out.");
        }
        for tier in challenger.matrix.iter().flat_map(|matrix| &matrix.tiers) {
            let message = format!("the tier `{}` of `{id}` has no pass", tier.name.value);
            let at = match tier.review.passes {
                Some(passes) if too_few(&passes) => file.at(&passes),
                None => file.at(&tier.name),
                Some(_) => continue,
            };
            out.report(at, message)
                .help("Write a whole number above zero.");
        }
    }
}
