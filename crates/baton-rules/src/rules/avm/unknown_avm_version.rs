//! Versions of modules are those that were published.

use baton_repo::avm_index::Standing;

use crate::support::avm::judged;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((index, found)) = judged(ctx, file) else {
        return;
    };
    for judged in found {
        let Some(Standing::Unknown(latest)) = judged.standing() else {
            continue;
        };
        let help = match latest {
            Some(latest) => format!("Take a version that was published; the latest is {latest}."),
            None => "Take a version that was published.".to_owned(),
        };
        let (source, version) = (&judged.pin.source, &judged.version);
        let message = format!("`{source}` has no version {version}");
        let finding = out.report(file.at(&judged.span), message).help(help);
        if let Some((module, index)) = judged.module.zip(ctx.repo.by_id(index.file)) {
            finding.label(index.at(&module.span), "the versions that are known");
        }
    }
}
