//! The files that nodes of the explorer's graph stand for exist.

use crate::support::explorer::{list, text};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("explorer-graph") {
        for node in list(file, "nodes") {
            let Some((at, path)) = text(node, "path") else {
                continue;
            };
            let path = path.trim_start_matches("./").trim_end_matches('/');
            let exists = ctx.repo.file(path).is_some()
                || ctx.repo.has_folder(path)
                || ctx
                    .repo
                    .excluded()
                    .iter()
                    .any(|other| other.as_str() == path);
            if !exists {
                out.report(file.at(at), format!("`{path}` does not exist"))
                    .help("Generate the graph again.");
            }
        }
    }
}
