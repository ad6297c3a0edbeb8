//! The index knows the modules that are used, and no older versions of them only.

use baton_repo::avm_index::Standing;
use baton_source::Severity;

use crate::support::avm::{Place, judged, pins};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const HELP: &str = "Look the module up, and renew the index.";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((_, found)) = judged(ctx, file) else {
        report_no_index(ctx, file, out);
        return;
    };
    for judged in found {
        let source = &judged.pin.source;
        let message = match judged.standing() {
            None => format!("the index does not know `{source}`, so its version was not judged"),
            Some(Standing::Later(latest)) => format!(
                "`{source}` has version {}, and the index knows none after {latest}",
                judged.version
            ),
            Some(_) => continue,
        };
        let finding = out.report(file.at(&judged.span), message).help(HELP);
        if judged.pin.place == Place::Plan {
            finding.severity(Severity::Info);
        }
    }
}

/// Without an index nothing can be said; once, where the versions were agreed on.
fn report_no_index(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let pins = pins(ctx, file);
    if let Some(pin) = pins.first().filter(|pin| pin.place == Place::Contract) {
        let message = "there is no index of modules, so no version was judged";
        out.report(file.at(&pin.span), message)
            .help("Add the index of modules to the repository.");
    }
}
