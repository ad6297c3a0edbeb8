//! Templates show each required heading once.

use crate::support::artifacts::{h2, of_template};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = of_template(ctx, file) else {
        return;
    };
    let found = h2(ctx, file);
    for heading in &contract.kind.headings {
        let mut same = found.iter().filter(|one| contract.same(one.text, heading));
        let Some(first) = same.next() else {
            continue;
        };
        for again in same {
            out.report(file.at(again), format!("`## {heading}` occurs again"))
                .help("Keep one of the sections.")
                .label(file.at(first), "it stands here first");
        }
    }
}
