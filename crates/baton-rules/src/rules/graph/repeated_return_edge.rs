//! A return edge is neither a forward edge nor there twice.

use crate::support::graph::{graph, triples};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let mut first = std::collections::BTreeMap::new();
    for (triple, edge) in triples(&graph.edges) {
        first.entry(triple).or_insert((edge.span, "a forward edge"));
    }
    for (triple, edge) in triples(&graph.return_edges) {
        let known = *first.entry(triple).or_insert((edge.span, "a return edge"));
        let (span, what) = known;
        if span != edge.span {
            let (_, _, condition) = triple;
            let message = format!("`{}` on `{condition}` is {what} already", edge.title());
            out.report(file.at(edge), message)
                .label(file.at(&span), "first here")
                .help("Remove one of them, or give one another condition.");
        }
    }
}
