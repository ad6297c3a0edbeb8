//! Verified modules of Terraform have one version, not a range.

use crate::support::avm::{Place, pins};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    // Elsewhere no contract says that there is one version.
    if !ctx.repo.layout().is("apex") {
        return;
    }
    for pin in pins(ctx, file) {
        if pin.place != Place::Source {
            continue;
        }
        let version = pin.version.filter(|version| version.exact.is_none());
        if let Some(version) = version {
            let message = format!("`{}` allows more than one version", version.text);
            out.report(file.at(&version.span), message)
                .help("Write one version, as the contract has it.");
        }
    }
}
