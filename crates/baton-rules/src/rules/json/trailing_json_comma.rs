//! No comma stands after the last item of a list or an object.

use baton_source::{Applicability, Fix};
use baton_syntax::json::FaultKind;

use crate::support::json::{faults, is_deployment_template, severity};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for fault in faults(ctx, file) {
        if fault.kind != FaultKind::TrailingComma || is_deployment_template(file) {
            continue;
        }
        out.report(file.at(fault), "no item follows this comma")
            .severity(severity(ctx, file))
            .help("Remove the comma.")
            .fix(Fix {
                title: "Remove the comma".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![file.edit(fault.span, "")],
            });
    }
}
