//! Governance constraints say where they were discovered.

use crate::support::artifacts::{alike, of_artifact, title};
use crate::support::governance::discovery;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = of_artifact(ctx, file) else {
        return;
    };
    if contract.kind.name != "04-governance-constraints.md" {
        return;
    }
    let mut required = contract.kind.headings.iter();
    let is_demanded = required.any(|heading| alike(heading, "Discovery Source"));
    if is_demanded && discovery(ctx, file).is_none() {
        out.report(
            title(file),
            "nothing says where the constraints were discovered",
        )
        .severity(contract.severity())
        .help("Add the section `## 🔍 Discovery Source` with the queries and their time.");
    }
}
