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
                format!("the review of `{id}` has {}", lacking(Some(passes))),
            )
            .help("Write a whole number above zero, or leave the review out.");
        }
        for tier in challenger.matrix.iter().flat_map(|matrix| &matrix.tiers) {
            let (name, lack) = (&tier.name.value, lacking(tier.review.passes));
            let message = format!("the tier `{name}` of `{id}` has {lack}");
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

/// What a review with too few passes has.
fn lacking(passes: Option<Count>) -> &'static str {
    match passes {
        Some(Count { value: None, .. }) => "no whole number of passes",
        _ => "no pass",
    }
}
