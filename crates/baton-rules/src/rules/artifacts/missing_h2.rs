//! Artifacts have every heading of their type.

use crate::support::artifacts::{h2, in_template, of_artifact, title};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = of_artifact(ctx, file) else {
        return;
    };
    let found = h2(ctx, file);
    for (place, heading) in contract.kind.headings.iter().enumerate() {
        // One with the wrong pictures is `wrong-heading-emoji`'s business.
        if contract.has(&found, heading) {
            continue;
        }
        let before = place
            .checked_sub(1)
            .and_then(|before| contract.kind.headings.get(before));
        let help = match before {
            Some(before) => format!("Write this section after `## {before}`."),
            None => "Begin with this section.".to_owned(),
        };
        let finding = out.report(
            title(file),
            format!("the section `## {heading}` is missing"),
        );
        finding.severity(contract.severity()).help(help);
        if let Some(at) = in_template(ctx, &contract, heading) {
            finding.label(at, "the template has it here");
        }
    }
}
