//! A deployed project has the constraints that were discovered for it.

use crate::support::governance_chain::is_due;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const NAME: &str = "04-governance-constraints.json";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let path = format!("{}/{NAME}", file.path.parent());
    if ctx.repo.file(&path).is_some() || !is_due(ctx, file) {
        return;
    }
    let finding = out.report(file.whole(), format!("the project has no `{NAME}`"));
    if ctx.settings.governance.allow_legacy {
        finding.severity(baton_source::Severity::Info);
    }
    finding.help("Discover the policies that hold for the project.");
}
