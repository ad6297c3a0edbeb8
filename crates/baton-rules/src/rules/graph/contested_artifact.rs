//! An artifact has one producer.

use std::collections::BTreeMap;

use baton_repo::graph::Text;

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let mut owners: BTreeMap<&str, Vec<(usize, &Text)>> = BTreeMap::new();
    for (number, node) in graph.nodes.iter().enumerate() {
        for artifact in node.produces.iter().flatten() {
            let owners = owners.entry(artifact.value.as_str()).or_default();
            let other = owners
                .iter()
                .find(|(owner, _)| *owner != number && !graph.exclude(*owner, number));
            if let Some((owner, first)) = other {
                let message = format!(
                    "`{}` is produced by `{}` and by `{}`",
                    artifact.value,
                    graph.id(*owner),
                    node.id.value
                );
                out.report(file.at(artifact), message)
                    .label(file.at(*first), "produced here too")
                    .help("Leave it to one of them; the other lists it in `mutates`.");
            }
            owners.push((number, artifact));
        }
    }
}
