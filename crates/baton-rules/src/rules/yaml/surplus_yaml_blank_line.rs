//! No more blank lines follow one another than configured.

use baton_source::Span;

use crate::support::yaml::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "empty-lines") else {
        return;
    };
    let most = |name, default| usize::try_from(lint.number(name, default)).unwrap_or(0);
    let between = most("max", 2);
    let (first, last) = (most("max-start", 0), most("max-end", 0));
    let lines: Vec<Span> = lint.lines().collect();
    // Behind the last line ending there is no line.
    let count = lines.len().saturating_sub(1);
    let lines = lines.get(..count).unwrap_or(&[]);
    let mut number = 0;
    for run in lines.chunk_by(|one, next| one.is_empty() == next.is_empty()) {
        let begins = number == 0;
        number += run.len();
        let ends = number == lines.len();
        let Some(line) = run.last().filter(|line| line.is_empty()) else {
            continue;
        };
        let ends = ends && line.end as usize + 2 >= lint.text.len();
        let most = match (begins, ends) {
            (true, true) if run.len() == 1 => continue,
            (_, true) => last,
            (true, _) => first,
            _ => between,
        };
        if run.len() > most {
            let lines = if run.len() == 1 { "line" } else { "lines" };
            let message = format!("{} blank {lines}, where {most} may stand", run.len());
            report(&lint, *line, message, out);
        }
    }
}

fn report(lint: &Lint<'_>, line: Span, message: String, out: &mut Findings) {
    if let Some(finding) = lint.report(out, line, message) {
        finding.help("Take the surplus away.");
    }
}
