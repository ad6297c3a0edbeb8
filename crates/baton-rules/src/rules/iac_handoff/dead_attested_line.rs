//! The lines that satisfy policies are there.

use baton_source::RepoPath;

use crate::support::iac_handoff::{from_root, handoff};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(handoff) = handoff(ctx, file) else {
        return;
    };
    let tree = handoff.tree.as_ref().map(|tree| tree.root.value.as_str());
    for row in handoff.rows.iter().filter(|row| row.is_satisfied) {
        let policy = row.policy.as_ref().map_or("a policy", |it| &it.value);
        let Some(code) = found(ctx, &row.path.value, tree) else {
            let message = format!(
                "`{policy}` is satisfied in `{}`, which is not there",
                row.path.value
            );
            out.report(file.at(&row.path), message)
                .help("Write the path from the root of the repository.");
            continue;
        };
        let lines = code.text().lines().count();
        let Some((line, span)) = row.line else {
            continue;
        };
        if code.problem().is_none() && usize::try_from(line).is_ok_and(|line| line > lines) {
            let message = format!(
                "`{policy}` is satisfied in line {line} of `{}`, which has {lines}",
                row.path.value
            );
            out.report(file.at(&span), message)
                .help("Write the line that satisfies the policy now.");
        }
    }
}

/// A file by its path from the root of the repository, or from the code that is handed over.
fn found<'r>(ctx: &Ctx<'r>, path: &str, tree: Option<&str>) -> Option<&'r File> {
    let at = |path: RepoPath| ctx.repo.file(path.as_str());
    let inside = tree.and_then(|tree| from_root(&format!("{tree}/{path}")));
    from_root(path).and_then(at).or_else(|| at(inside?))
}
