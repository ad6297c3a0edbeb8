//! No number begins with `0` or `0o`, as configured.

use crate::support::yaml::{Lint, is_bare};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "octal-values") else {
        return;
    };
    let implicit = lint.flag("forbid-implicit-octal", true);
    let explicit = lint.flag("forbid-explicit-octal", true);
    for (number, token) in lint.tokens().iter().enumerate() {
        if !is_bare(lint.tokens(), number) {
            continue;
        }
        let text = lint.text_of(token);
        let rest = text.strip_prefix('0').unwrap_or("");
        let is_bad = match rest.strip_prefix('o') {
            Some(digits) => explicit && is_octal(digits),
            None => implicit && is_octal(rest),
        };
        if !is_bad {
            continue;
        }
        let message = format!("some read `{text}` as an octal number, some do not");
        if let Some(finding) = lint.report(out, token.span, message) {
            finding.help("Put it in quotes, or write it in decimal.");
        }
    }
}

fn is_octal(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|digit| matches!(digit, b'0'..=b'7'))
}
