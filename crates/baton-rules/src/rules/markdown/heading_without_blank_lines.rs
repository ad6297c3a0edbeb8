//! Blank lines stand above and below a heading.

use baton_syntax::markdown::Heading;
use baton_syntax::node::Node;

use crate::support::markdown::{Lint, is_blank};
use crate::support::markdown_headings::{blank_lines, headings};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD022") else {
        return;
    };
    for heading in headings(&lint) {
        let lines = lint.all_lines();
        let (first, last) = (lines.at(heading.span.start), lint.last_line(heading.span));
        let (Some(first), Some(last)) = (first, last) else {
            continue;
        };
        let above = wanted(&lint, "lines_above", heading);
        let there = blank(&lint, above, |step| first.number.checked_sub(step));
        if there < above {
            let message = sentence(above, there, "above");
            if let Some(finding) = lint.report(out, heading.span, message) {
                let beside = lint.line_text(first);
                let fix = blank_lines(&lint, beside, first.span.start, above - there);
                finding.help(help(above, "above")).fix(fix);
            }
        }
        let below = wanted(&lint, "lines_below", heading);
        let there = blank(&lint, below, |step| Some(last.number + step));
        let next = lint.numbered(last.number + 1);
        if let Some(next) = next.filter(|_| there < below) {
            let message = sentence(below, there, "below");
            if let Some(finding) = lint.report(out, heading.span, message) {
                let beside = lint.line_text(last);
                let fix = blank_lines(&lint, beside, next.span.start, below - there);
                finding.help(help(below, "below")).fix(fix);
            }
        }
    }
}

/// How many blank lines an option asks for: a number, or one for each level; below zero, any.
fn wanted(lint: &Lint<'_>, option: &str, heading: &Heading) -> usize {
    let Some(node) = lint.option(option) else {
        return 1;
    };
    let node = if node.is_sequence() {
        node.items().get(usize::from(heading.level) - 1)
    } else {
        Some(node)
    };
    let number = node.map_or(Some(1), Node::as_i64);
    usize::try_from(number.unwrap_or(0)).unwrap_or(0)
}

/// How many blank lines follow each other, at most `most`; beyond the text all are.
fn blank(lint: &Lint<'_>, most: usize, number: impl Fn(usize) -> Option<usize>) -> usize {
    let blank = (1..=most).take_while(|step| {
        let line = number(*step).and_then(|number| lint.numbered(number));
        line.is_none_or(|line| is_blank(lint.line_text(line)))
    });
    blank.count()
}

fn sentence(wanted: usize, there: usize, side: &str) -> String {
    match (wanted, there) {
        (1, _) => format!("no blank line {side} this heading"),
        (_, 0) => format!("no blank line {side} this heading, where {wanted} ought to stand"),
        (_, 1) => format!("one blank line {side} this heading, where {wanted} ought to stand"),
        _ => format!("{there} blank lines {side} this heading, where {wanted} ought to stand"),
    }
}

fn help(wanted: usize, side: &str) -> String {
    if wanted == 1 {
        format!("Put a blank line {side} it.")
    } else {
        format!("Put {wanted} blank lines {side} it.")
    }
}
