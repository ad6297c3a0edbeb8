//! All blocks of code are written in one style.

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD046") else {
        return;
    };
    let mut wanted = lint.word("style", "consistent");
    for code in &lint.outline().fences {
        let own = if code.fenced { "fenced" } else { "indented" };
        if wanted == "consistent" || wanted.is_empty() {
            wanted = own;
        }
        if own == wanted {
            continue;
        }
        let Some(line) = lint.all_lines().at(code.span.start) else {
            continue;
        };
        let mut first = line.span;
        first.start = code.span.start.min(first.end);
        let message = format!("this code is {own}, where other code is {wanted}");
        if let Some(finding) = lint.report(out, first, message) {
            finding.help(if wanted == "indented" {
                "Indent it by four blanks."
            } else {
                "Put it between fences."
            });
        }
    }
}
