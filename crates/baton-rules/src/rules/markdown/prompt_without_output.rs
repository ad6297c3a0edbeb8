//! A prompt stands before commands only where output follows.

use baton_source::{Applicability, Fix, Span};

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD014") else {
        return;
    };
    for fence in &lint.outline().fences {
        let lines = fence.code.lines().filter(|line| !line.is_empty());
        let all = lines.clone().all(|line| prompt(line).is_some());
        if !all || lines.count() == 0 {
            continue;
        }
        let first = file.lines().line_of(fence.content.start);
        for (code, number) in fence.code.lines().zip(first..) {
            let line = lint.all_lines().numbered(number);
            let (Some((before, width)), Some(line)) = (prompt(code), line) else {
                continue;
            };
            let start = line.span.end as usize - code.len().min(line.span.len()) + before;
            let dollar = Span::new(start, start + width);
            let message = "a prompt before a command whose output is not shown";
            let Some(finding) = lint.report(out, dollar, message) else {
                continue;
            };
            finding
                .help("Remove the `$`, so that the command can be copied.")
                .fix(Fix {
                    title: "Remove the prompt".to_owned(),
                    applicability: Applicability::Safe,
                    edits: vec![file.edit(dollar, "")],
                });
        }
    }
}

/// The blanks before a prompt, and the width of the prompt with the blanks behind it.
fn prompt(line: &str) -> Option<(usize, usize)> {
    let trimmed = line.trim_start();
    let rest = trimmed.strip_prefix('$')?;
    let blanks = rest.len() - rest.trim_start().len();
    let before = line.len() - trimmed.len();
    (blanks > 0).then_some((before, 1 + blanks))
}
