//! No two blank lines follow each other.

use baton_source::{Applicability, Fix, Span};

use baton_syntax::markdown::lines::Line;

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD012") else {
        return;
    };
    let most = lint.number("maximum", 1).max(1);
    let mut count = 0;
    let mut before = None::<&Line>;
    for line in lint.lines() {
        let code = line.is_code() || line.is_fence();
        let blank = !code && lint.line_text(line).trim().is_empty();
        count = if blank { count + 1 } else { 0 };
        if count > most {
            let message = format!("{count} blank lines, where {most} may stand");
            if let Some(finding) = lint.report(out, line.span, message) {
                finding.help("Remove the line.").fix(Fix {
                    title: "Remove the blank line".to_owned(),
                    applicability: Applicability::Safe,
                    edits: vec![file.edit(whole(file, line, before), "")],
                });
            }
        }
        before = Some(line);
    }
}

/// A line with its ending; of the last line, which has none, with the ending before it.
fn whole(file: &File, line: &Line, before: Option<&Line>) -> Span {
    match file.lines().start_of(line.number + 1) {
        Some(next) => Span {
            start: line.span.start,
            end: next,
        },
        None => Span {
            start: before.map_or(line.span.start, |before| before.span.end),
            end: line.span.end,
        },
    }
}
