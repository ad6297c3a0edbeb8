//! Escapes for characters outside the basic plane come in pairs.

use baton_syntax::json::FaultKind;

use crate::support::json::faults;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for fault in faults(ctx, file) {
        if fault.kind == FaultKind::LoneSurrogate {
            let escape = fault.span.of(file.text());
            let message = format!("`{escape}` is half of a character");
            out.report(file.at(fault), message)
                .help("Write both halves, or the character itself.");
        }
    }
}
