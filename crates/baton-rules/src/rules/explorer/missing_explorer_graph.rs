//! A repository that makes the explorer's graph has one.

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    if !repo.layout().is("apex") || repo.of_kind("explorer-graph").next().is_some() {
        return;
    }
    let kinds = &repo.layout().kinds;
    let Some(place) = kinds.get("explorer-graph").and_then(|globs| globs.first()) else {
        return;
    };
    // A fork without the site has no use for its graph.
    let site = place.split('/').next().unwrap_or("");
    if !repo.has_folder(site) {
        return;
    }
    let folders = ["tools/scripts", "scripts"].into_iter();
    let mut scripts = folders.flat_map(|folder| {
        ["generate", "validate"].map(|verb| format!("{folder}/{verb}-explorer-graph.mjs"))
    });
    let Some(script) = scripts.find_map(|script| repo.file(&script)) else {
        return;
    };
    out.report(
        script.whole(),
        format!("there is no explorer graph at `{place}`"),
    )
    .help("Generate the graph.");
}
