//! Modules have versions that are no previews.

use baton_repo::avm_index::Standing;

use crate::support::avm::judged;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((_, found)) = judged(ctx, file) else {
        return;
    };
    for judged in found {
        if judged.standing() == Some(Standing::Preview) {
            let (source, version) = (&judged.pin.source, &judged.version);
            let message = format!("version {version} of `{source}` is a preview");
            out.report(file.at(&judged.span), message)
                .help("Take a version without a suffix as soon as there is one.");
        }
    }
}
