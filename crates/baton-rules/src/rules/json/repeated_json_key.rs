//! No key stands twice in one object.

use baton_syntax::json::FaultKind;

use crate::support::json::faults;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for fault in faults(ctx, file) {
        if let FaultKind::RepeatedKey { key, first } = &fault.kind {
            out.report(file.at(fault), format!("the key `{key}` stands here again"))
                .label(file.at(first), "it stands here first")
                .help("Keep one of the two; most programs see only the last.");
        }
    }
}
