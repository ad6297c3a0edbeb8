//! A complexity matrix has every tier.

use baton_repo::graph::{MatrixKind, graph_facts};

use crate::support::graph::challengers;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for (id, challenger) in challengers(ctx, file) {
        let matrix = challenger.matrix.as_ref();
        let Some(matrix) = matrix.filter(|matrix| matrix.kind == MatrixKind::Complexity) else {
            continue;
        };
        for tier in &graph_facts().tiers {
            if matrix.tiers.iter().all(|known| known.name.value != *tier) {
                out.report(
                    file.at(&matrix.span),
                    format!("the matrix of `{id}` lacks the tier `{tier}`"),
                )
                .help(format!("Add the tier `{tier}`."));
            }
        }
    }
}
