//! Instructions apply to files that are there.

use baton_syntax::glob::GlobSet;

use crate::support::hooks::paths;
use crate::support::instructions::{applies_to, globs};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

/// What applies to every file.
const UNIVERSAL: &[&str] = &["*", "**", "**/*"];

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let pack = ctx.repo.instruction_conventions();
    if !pack.targets {
        return;
    }
    let own = ctx.settings.instructions.run_time_outputs.as_ref();
    let later = own.unwrap_or(&pack.run_time_outputs);
    for file in ctx.repo.of_kind("instruction") {
        let Some((text, at)) = applies_to(file) else {
            continue;
        };
        let globs = globs(&text);
        let is_universal = globs.iter().any(|glob| UNIVERSAL.contains(glob));
        if is_universal || later.iter().any(|part| text.contains(part.as_str())) {
            continue;
        }
        // A glob that cannot be read matches nothing.
        let sets = globs.iter().map(|glob| {
            let glob = glob.strip_prefix("./").unwrap_or(glob);
            GlobSet::new([glob])
        });
        let sets: Vec<GlobSet> = sets.filter_map(Result::ok).collect();
        if paths(ctx.repo).any(|path| sets.iter().any(|set| set.matches(path))) {
            continue;
        }
        out.report(file.at(&at), format!("no file matches `{text}`"))
            .help("Name files that are there; files that git ignores do not count.");
    }
}
