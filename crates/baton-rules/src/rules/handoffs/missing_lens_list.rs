//! The review protocol lists the lenses.

use crate::support::lenses::registry;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(found) = registry(ctx.repo).filter(|found| found.names.is_empty()) else {
        return;
    };
    let title = &ctx.repo.handoff_conventions().lens_heading;
    let title = title.as_deref().unwrap_or_default();
    let finding = match found.heading {
        None => out.report(
            found.file.whole(),
            format!("the review protocol has no section `{title}`"),
        ),
        Some(heading) => out.report(
            found.file.at(heading),
            format!("the section `{title}` lists no lens"),
        ),
    };
    finding.help("Write a table whose first column names the lenses, in backticks.");
}
