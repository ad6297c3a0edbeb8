//! Blanks before and after a comma are as many as configured.

use baton_source::{Applicability, Fix, Span};
use baton_syntax::yaml::tokens::TokenKind;

use crate::support::yaml::{Lint, Room};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "commas") else {
        return;
    };
    let before = Room {
        least: -1,
        most: lint.number("max-spaces-before", 0),
    };
    let after = Room {
        least: lint.number("min-spaces-after", 1),
        most: lint.number("max-spaces-after", 1),
    };
    let tokens = lint.tokens().iter().enumerate();
    for (number, _) in tokens.filter(|(_, token)| token.kind == TokenKind::Comma) {
        match lint.gap_before(number) {
            Some(gap) => lint.judge_gap(out, gap, before, "before the comma"),
            None if before.most >= 0 => begins_line(&lint, number, out),
            None => {}
        }
        if let Some(gap) = lint.gap_after(number) {
            lint.judge_gap(out, gap, after, "after the comma");
        }
    }
}

fn begins_line(lint: &Lint<'_>, number: usize, out: &mut Findings) {
    let before = number.checked_sub(1);
    let before = before.and_then(|before| lint.tokens().get(before));
    let (Some(before), Some(comma)) = (before, lint.tokens().get(number)) else {
        return;
    };
    let end = lint.gap_after(number).map_or(comma.span.end, |gap| gap.end);
    let message = "this comma begins a line";
    let Some(finding) = lint.report(out, comma.span, message) else {
        return;
    };
    let gone = Span {
        start: comma.span.start,
        end,
    };
    finding
        .help("Put it behind the value it follows.")
        .fix(Fix {
            title: "Move the comma behind the value it follows".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![
                lint.file.edit(Span::at(before.span.end as usize), ","),
                lint.file.edit(gone, ""),
            ],
        });
}
