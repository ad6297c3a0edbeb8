//! Every JSON file can be read as JSON.

use baton_syntax::json::FaultKind;

use crate::support::json::{faults, severity};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for fault in faults(ctx, file) {
        if let FaultKind::Syntax(message) = &fault.kind {
            out.report(file.at(fault), message.clone())
                .severity(severity(ctx, file))
                .help("Mend the syntax; until then nothing can read the file.");
        }
    }
}
