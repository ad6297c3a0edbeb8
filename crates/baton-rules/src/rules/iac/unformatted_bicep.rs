//! Bicep is written as its own formatter writes it.

use baton_iac::bicep::format::format;
use baton_source::{Applicability, Fix, Severity};

use crate::support::layout_drift::drift;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let wanted = ctx.formats_bicep();
    let style = ctx.repo.bicep_style(file.path.as_str(), file.text());
    if !wanted && style.config.is_none() {
        return;
    }
    let Some(drift) = drift(file.text(), &format(file.text(), &style.options)) else {
        return;
    };
    let message = match drift.lines {
        1 => "this line is not as `bicep format` writes it".to_owned(),
        lines => format!("{lines} lines are not as `bicep format` writes them, this one first"),
    };
    let finding = out.report(file.at(&drift.first), message);
    if !wanted {
        finding.severity(Severity::Warning);
    }
    finding
        .help("Run `baton fmt`, or `bicep format`.")
        .fix(Fix {
            title: "Format the file".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![file.edit(drift.span, drift.text)],
        });
}
