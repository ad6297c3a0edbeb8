//! No JSON file begins with a byte order mark.

use baton_source::{Applicability, Fix, Severity};
use baton_syntax::json::FaultKind;

use crate::support::json::{faults, severity};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let mark = faults(ctx, file).find(|fault| fault.kind == FaultKind::ByteOrderMark);
    let Some(mark) = mark else {
        return;
    };
    let is_read_by_scripts = ctx.repo.layout().is("apex");
    let severity = if is_read_by_scripts {
        severity(ctx, file)
    } else {
        Severity::Warning
    };
    out.report(file.at(mark), "the file begins with a byte order mark")
        .severity(severity)
        .help("Save it as UTF-8 without the mark.")
        .fix(Fix {
            title: "Remove the mark".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![file.edit(mark.span, "")],
        });
}
