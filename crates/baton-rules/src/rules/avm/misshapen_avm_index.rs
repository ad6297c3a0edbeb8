//! The index of modules has its shape, and names the latest of the versions it lists.

use crate::support::document_shapes::{Shape, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

const SHAPE: Shape = Shape {
    kind: "avm-index",
    name: "avm-module-index",
    schema: include_str!("../../../../../schemas/avm-module-index.schema.json"),
    check: Some("validate:avm-versions"),
};

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(ctx, out, &SHAPE);
    let Some(index) = ctx.repo.avm_index() else {
        return;
    };
    let Some(file) = ctx.repo.by_id(index.file) else {
        return;
    };
    for module in &index.modules {
        let (Some(told), Some(latest)) = (&module.latest, module.latest()) else {
            continue;
        };
        let is_listed = module.versions.iter().any(|it| it.value == told.value);
        if told.value != latest {
            let message = format!("`latest` is {}, and there is {latest}", told.value);
            out.report(file.at(told), message)
                .help("Renew the entry: the highest version without a suffix is the latest.");
        } else if !is_listed {
            let message = format!("`known_versions` lacks {}, the latest", told.value);
            out.report(file.at(told), message)
                .help("Renew the entry from what the registry lists.");
        }
    }
}
