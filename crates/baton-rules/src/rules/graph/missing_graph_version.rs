//! A graph says its version.

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let root = file.node();
    let written = root.is_some_and(|root| root.pointer("/metadata/version").is_some());
    if written {
        return;
    }
    let beginning = baton_source::Span::at(graph.span.start as usize);
    let at = graph.metadata.span.unwrap_or(beginning);
    out.report(file.at(&at), "the graph does not say its version")
        .help("Add `version` to `metadata`.");
}
