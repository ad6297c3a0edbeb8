//! The explorer's graph has all its parts.

use baton_source::Span;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = file.node() else { return };
    let at = file.at(&Span::at(root.span.start as usize));
    if !root.is_mapping() {
        out.report(
            at,
            format!("the explorer's graph is a {}, not an object", root.kind()),
        )
        .help("Generate the graph again.");
        return;
    }
    for key in ["generatedAt", "categories", "nodes", "edges"] {
        if root.get(key).is_none() {
            out.report(at, format!("the explorer's graph has no `{key}`"))
                .help("Generate the graph again.");
        }
    }
}
