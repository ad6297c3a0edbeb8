//! Optional headings come after the last required one.

use crate::support::artifacts::{h2, of_artifact};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = of_artifact(ctx, file) else {
        return;
    };
    let found = h2(ctx, file);
    let Some(anchor) = contract.kind.headings.last() else {
        return;
    };
    let Some(at) = contract.position(&found, anchor) else {
        return;
    };
    for optional in &contract.kind.optional {
        let position = contract.position(&found, optional);
        let Some(heading) = position
            .filter(|one| *one < at)
            .and_then(|one| found.get(one))
        else {
            continue;
        };
        let message = format!("`## {optional}` stands before the last required section");
        let finding = out.report(file.at(heading), message);
        finding.help(format!("Move it below the section `## {anchor}`."));
        if let Some(anchor) = found.get(at) {
            finding.label(file.at(anchor), "the last required section");
        }
    }
}
