//! Edges of the explorer's graph join nodes that exist.

use baton_source::nearest;

use crate::support::explorer::{has_nodes, ids, list, text};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !has_nodes(file) {
        return;
    }
    let known = ids(file);
    for edge in list(file, "edges") {
        for end in ["source", "target"] {
            let Some((at, id)) = text(edge, end) else {
                out.report(file.at(edge), format!("the edge has no `{end}`"))
                    .help("Generate the graph again.");
                continue;
            };
            if known.contains(id) {
                continue;
            }
            let help = match nearest(id, known.iter().copied().take(200)) {
                Some(near) => {
                    format!("Write `{near}` if that is meant, or generate the graph again.")
                }
                None => "Generate the graph again.".to_owned(),
            };
            out.report(file.at(at), format!("no node has the identifier `{id}`"))
                .help(help);
        }
    }
}
