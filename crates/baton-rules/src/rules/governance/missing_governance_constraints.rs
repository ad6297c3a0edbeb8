//! A deployed project has the constraints that were discovered for it.

use crate::support::governance_chain::{is_due, severity_of_absence};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const NAME: &str = "04-governance-constraints.json";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let path = format!("{}/{NAME}", file.path.parent());
    if ctx.repo.file(&path).is_some() || !is_due(ctx, file) {
        return;
    }
    let finding = out.report(file.whole(), format!("the project has no `{NAME}`"));
    if let Some(severity) = severity_of_absence(ctx) {
        finding.severity(severity);
    }
    finding.help("Discover the policies that hold for the project.");
}
