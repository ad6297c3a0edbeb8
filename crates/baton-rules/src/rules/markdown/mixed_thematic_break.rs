//! All thematic breaks are written alike.

use baton_source::{Applicability, Fix, Span};

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD035") else {
        return;
    };
    let mut wanted = lint.word("style", "consistent").trim();
    for rule in &lint.outline().breaks {
        let Some(line) = lint.all_lines().at(rule.start) else {
            continue;
        };
        let whole = Span {
            start: rule.start,
            end: line.span.end,
        };
        let own = whole.of(lint.text);
        if wanted == "consistent" || wanted.is_empty() {
            wanted = own;
        }
        if own == wanted {
            continue;
        }
        let message = format!("`{own}`, where the others are `{wanted}`");
        let Some(finding) = lint.report(out, whole, message) else {
            continue;
        };
        finding.help(format!("Write `{wanted}`."));
        // Dashes right below text would underline it, and a marker opens an item.
        let above = line.number.checked_sub(1).and_then(|it| lint.numbered(it));
        let apart = above.is_none_or(|above| lint.line_text(above).trim().is_empty());
        if apart && line.span.start == rule.start && is_break(wanted) {
            finding.fix(Fix {
                title: format!("Write `{wanted}`"),
                applicability: Applicability::Safe,
                edits: vec![file.edit(whole, wanted)],
            });
        }
    }
}

/// Whether a text is a thematic break.
fn is_break(text: &str) -> bool {
    let mut marks = text.chars().filter(|mark| !matches!(mark, ' ' | '\t'));
    let Some(first) = marks.next() else {
        return false;
    };
    matches!(first, '-' | '*' | '_')
        && marks.clone().all(|mark| mark == first)
        && marks.count() >= 2
}
