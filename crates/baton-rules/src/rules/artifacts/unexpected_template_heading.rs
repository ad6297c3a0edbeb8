//! Templates show no headings that their type does not know.

use baton_repo::artifact::META_HEADINGS;

use crate::support::artifacts::{h2, of_template};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = of_template(ctx, file) else {
        return;
    };
    let found = h2(ctx, file);
    for heading in &found {
        let text = heading.text;
        if !contract.knows(&found, text) && !META_HEADINGS.contains(&text) {
            let message = format!("`## {text}` is no section of `{}`", contract.kind.name);
            out.report(file.at(heading), message)
                .help("Make it a subsection, or add it to the headings of the type.");
        }
    }
}
