//! The version of a graph is one that is known.

use baton_repo::graph::{Format, LoadErrorKind, graph_facts};

use crate::support::graph::{graph, report_errors};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let facts = graph_facts();
    let layout = ctx.repo.layout();
    let versions = if layout.is("apex") {
        facts.versions_of(&layout.detection.generation)
    } else {
        &facts.known_versions
    };
    let help = format!("Use version {}.", versions.join(" or "));
    report_errors(ctx, file, (LoadErrorKind::Version, &help), out);
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let Some(version) = &graph.metadata.version else {
        return;
    };
    if versions.contains(&version.value) {
        return;
    }
    let message = if graph.format == Format::V3Fork {
        format!(
            "version `{}` belongs to a fork and has no rules of its own",
            version.value
        )
    } else {
        format!(
            "version `{}` of the graph format is not known here",
            version.value
        )
    };
    out.report(file.at(version), message).help(help);
}
