//! Files that are JSON have no comments.

use baton_syntax::json::FaultKind;

use crate::support::json::{faults, is_deployment_template, severity};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let comments = || faults(ctx, file).filter(|fault| fault.kind == FaultKind::Comment);
    let Some(first) = comments().next() else {
        return;
    };
    if is_deployment_template(file) {
        return;
    }
    let message = match comments().count() {
        1 => "JSON has no comments".to_owned(),
        count => format!("JSON has no comments; this is the first of {count}"),
    };
    out.report(file.at(first), message)
        .severity(severity(ctx, file))
        .help("Remove it, or list the file as `json-with-comments` in `[layout.kinds]` if its readers take comments.");
}
