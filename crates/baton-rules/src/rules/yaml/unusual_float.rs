//! Numbers are written as configured.

use crate::support::yaml::{Lint, is_bare};
use crate::support::yaml_values::{is_infinite, is_not_a_number, is_scientific, lacks_numeral};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "float-values") else {
        return;
    };
    type Fault = (&'static str, fn(&str) -> bool, &'static str);
    let faults: [Fault; 4] = [
        (
            "require-numeral-before-decimal",
            lacks_numeral,
            "has no digit before its point",
        ),
        (
            "forbid-scientific-notation",
            is_scientific,
            "has an exponent",
        ),
        ("forbid-nan", is_not_a_number, "is no number"),
        ("forbid-inf", is_infinite, "is infinite"),
    ];
    let faults = faults
        .iter()
        .filter(|(option, ..)| lint.flag(option, false));
    let faults: Vec<&Fault> = faults.collect();
    for (number, token) in lint.tokens().iter().enumerate() {
        if !is_bare(lint.tokens(), number) {
            continue;
        }
        let text = lint.text_of(token);
        for (_, applies, complaint) in &faults {
            if !applies(text) {
                continue;
            }
            if let Some(finding) = lint.report(out, token.span, format!("`{text}` {complaint}")) {
                finding.help("Write the number as the configuration demands.");
            }
        }
    }
}
