//! Templates show every heading of their type.

use crate::support::artifacts::{h2, of_template, title};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = of_template(ctx, file) else {
        return;
    };
    let found = h2(ctx, file);
    for heading in &contract.kind.headings {
        if !contract.has(&found, heading) {
            let message = format!("the template lacks `## {heading}`");
            out.report(title(file), message)
                .help("Add the section; every artifact of this type needs it.");
        }
    }
}
