//! A workflow begins in one place.

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let roots = graph
        .roots()
        .into_iter()
        .filter_map(|root| graph.node(root));
    let mut roots = roots.filter(|root| !root.standalone && !root.continuous);
    let Some(first) = roots.next() else { return };
    for root in roots {
        let message = format!(
            "the workflow begins at `{}` and at `{}`",
            first.id.value, root.id.value
        );
        out.report(file.at(root), message)
            .label(file.at(first), "it begins here too")
            .help(format!(
                "List in `requires` of `{}` what comes before it.",
                root.id.value
            ));
    }
}
