//! An edge stands in the graph once.

use crate::support::graph::{graph, triples};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let mut first = std::collections::BTreeMap::new();
    for (triple, edge) in triples(&graph.edges) {
        let known = *first.entry(triple).or_insert(edge.span);
        if known != edge.span {
            let (_, _, condition) = triple;
            let message = format!(
                "the edge `{}` on `{condition}` is there twice",
                edge.title()
            );
            out.report(file.at(edge), message)
                .label(file.at(&known), "first here")
                .help("Remove one of them.");
        }
    }
}
