//! The explorer's graph shows every file of the categories it has.

use std::collections::BTreeSet;

use crate::support::explorer::{categories, has_nodes, of_category, text};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let mut graphs = ctx.repo.of_kind("explorer-graph").peekable();
    if graphs.peek().is_none() {
        return;
    }
    let shown = ctx.repo.explorer_files();
    for file in graphs.filter(|file| has_nodes(file)) {
        for (at, id, _) in categories(file) {
            let Some(files) = shown.get(id) else { continue };
            let nodes = of_category(file, id);
            let paths: BTreeSet<&str> = nodes
                .filter_map(|node| Some(text(node, "path")?.1.trim_start_matches("./")))
                .collect();
            let mut missing = files
                .iter()
                .filter(|file| !paths.contains(file.path.as_str()));
            let Some(first) = missing.next() else {
                continue;
            };
            let message = match missing.count() {
                0 => format!("`{}` is not among the nodes of `{id}`", first.path),
                more => format!(
                    "`{}` and {more} more are not among the nodes of `{id}`",
                    first.path
                ),
            };
            out.report(file.at(at), message)
                .help("Generate the graph again.");
        }
    }
}
