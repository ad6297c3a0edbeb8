//! All headings are written in one style.

use crate::support::markdown::Lint;
use crate::support::markdown_headings::{headings, style};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD003") else {
        return;
    };
    let mut wanted = lint.word("style", "consistent");
    for heading in headings(&lint) {
        let own = style(&lint, heading);
        if wanted == "consistent" || wanted.is_empty() {
            wanted = own;
        }
        let expected = match wanted {
            "setext_with_atx" | "setext_with_atx_closed" if heading.level <= 2 => "setext",
            "setext_with_atx" => "atx",
            "setext_with_atx_closed" => "atx_closed",
            other => other,
        };
        if own == expected || own == wanted {
            continue;
        }
        let message = format!(
            "this heading is {}, where the others are {}",
            described(own),
            described(expected)
        );
        if let Some(finding) = lint.report(out, heading.span, message) {
            finding.help(match expected {
                "setext" => "Underline it with `=` or `-`.",
                "atx_closed" => "Write hashes before and after it.",
                _ => "Write hashes before it and nothing after it.",
            });
        }
    }
}

fn described(style: &str) -> &str {
    match style {
        "setext" => "underlined",
        "atx_closed" => "closed by hashes",
        "atx" => "begun by hashes",
        other => other,
    }
}
