//! An artifact begins with all required headings, and nothing between them.

use crate::support::artifacts::{contract, h2, title};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !baton_repo::artifact::can_be_artifact(file) {
        return;
    }
    let Some(contract) = contract(ctx, file.path.name()) else {
        return;
    };
    let found = h2(ctx, file);
    for (place, wanted) in contract.kind.headings.iter().enumerate() {
        let number = place + 1;
        match found.get(place) {
            Some(heading) if contract.same(heading.text, wanted) => {}
            Some(heading) => {
                let text = heading.text;
                let message = format!("section {number} is `## {text}`, not `## {wanted}`");
                out.report(file.at(heading), message).help(
                    "Write the required sections first, in order, with nothing between them.",
                );
                return;
            }
            None => {
                let message = format!("section {number}, `## {wanted}`, is missing");
                out.report(title(file), message)
                    .help("Write all required sections, in order.");
                return;
            }
        }
    }
}
