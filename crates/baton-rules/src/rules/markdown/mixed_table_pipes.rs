//! All rows of tables begin and end with a pipe, or none does.

use baton_source::Span;

use crate::support::markdown::Lint;
use crate::support::markdown_tables::{Row, rows};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD055") else {
        return;
    };
    let mut style = match lint.word("style", "consistent") {
        "consistent" | "" => None,
        "no_leading_or_trailing" => Some((false, false)),
        "leading_only" => Some((true, false)),
        "trailing_only" => Some((false, true)),
        _ => Some((true, true)),
    };
    for table in &lint.outline().tables {
        for row in rows(&lint, table) {
            let actual = (row.leading, row.trailing);
            let wanted = *style.get_or_insert(actual);
            report(&lint, out, &row, wanted);
        }
    }
}

fn report(lint: &Lint<'_>, out: &mut Findings, row: &Row, (leading, trailing): (bool, bool)) {
    let text = row.text(lint);
    let (start, end) = (text.start as usize, text.end as usize);
    let ends = [
        (row.leading, leading, "before", start),
        (
            row.trailing,
            trailing,
            "behind",
            end.saturating_sub(1).max(start),
        ),
    ];
    for (actual, wanted, side, at) in ends {
        if actual == wanted {
            continue;
        }
        let cell = if side == "before" { "first" } else { "last" };
        let message = if wanted {
            format!("no pipe {side} the {cell} cell of this row")
        } else {
            format!("a pipe {side} the {cell} cell of this row")
        };
        if let Some(finding) = lint.report(out, Span::new(at, (at + 1).min(end)), message) {
            finding.help("Begin and end the rows of all tables alike.");
        }
    }
}
