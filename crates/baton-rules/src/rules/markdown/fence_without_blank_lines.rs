//! A blank line stands before and after fenced code.

use baton_source::{Applicability, Fix, Span};

use baton_syntax::markdown::lines::Line;

use crate::support::markdown::{Lint, container_prefix, is_blank};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD031") else {
        return;
    };
    let in_items = lint.flag("list_items", true);
    let blank = |number: Option<usize>| {
        let line = number.and_then(|number| lint.numbered(number));
        line.is_none_or(|line| is_blank(lint.line_text(line)))
    };
    for fence in lint.outline().fences.iter().filter(|fence| fence.fenced) {
        let mut items = lint.outline().items.iter();
        if !in_items && items.any(|item| item.span.contains(fence.span.start)) {
            continue;
        }
        let lines = lint.all_lines();
        let last = lines.end_of(lint.text, lint.outline(), fence);
        let (Some(first), Some(last)) = (lines.at(fence.span.start), last) else {
            continue;
        };
        if !blank(first.number.checked_sub(1)) {
            let message = "no blank line before this code";
            report(&lint, out, (first, first.span.start), message);
        }
        let ended = blank(Some(last.number + 1)) || is_blank(lint.line_text(last));
        if !ended && let Some(next) = lint.numbered(last.number + 1) {
            let message = "no blank line after this code";
            report(&lint, out, (last, next.span.start), message);
        }
    }
}

/// Reports a fence, and how to put a blank line at an offset.
fn report(lint: &Lint<'_>, out: &mut Findings, (line, at): (&Line, u32), message: &str) {
    let prefix = container_prefix(lint.line_text(line));
    let quotes: String = prefix
        .chars()
        .map(|mark| if mark == '>' { '>' } else { ' ' })
        .collect();
    let Some(finding) = lint.report(out, line.span, message) else {
        return;
    };
    finding.help("Put a blank line there.").fix(Fix {
        title: "Add a blank line".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![lint.file.edit(
            Span::at(at as usize),
            format!("{}{}", quotes.trim(), lint.file.line_ending()),
        )],
    });
}
