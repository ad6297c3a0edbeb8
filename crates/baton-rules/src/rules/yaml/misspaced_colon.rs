//! Blanks before and after a colon are as many as configured.

use baton_syntax::yaml::tokens::TokenKind;

use crate::support::yaml::{Lint, Room};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "colons") else {
        return;
    };
    let room = |name, default| Room {
        least: -1,
        most: lint.number(name, default),
    };
    let (before, after) = (room("max-spaces-before", 0), room("max-spaces-after", 1));
    for (number, token) in lint.tokens().iter().enumerate() {
        let is_colon = token.kind == TokenKind::Value;
        let is_question = token.kind == TokenKind::Key && !token.span.is_empty();
        if let Some(gap) = lint.gap_before(number).filter(|_| is_colon) {
            let last = lint.tokens().get(number.saturating_sub(1));
            // Without a blank the colon would belong to the alias.
            let needed = last.is_some_and(|last| last.kind == TokenKind::Alias);
            if !(needed && gap.end - gap.start == 1) {
                lint.judge_gap(out, gap, before, "before the colon");
            }
        }
        if let Some(gap) = lint.gap_after(number).filter(|_| is_colon || is_question) {
            let sign = if is_colon { "colon" } else { "question mark" };
            lint.judge_gap(out, gap, after, &format!("after the {sign}"));
        }
    }
}
