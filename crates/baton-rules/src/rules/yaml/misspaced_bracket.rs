//! Blanks inside brackets are as many as configured.

use baton_syntax::yaml::tokens::TokenKind;

use crate::support::yaml::Lint;
use crate::support::yaml_flow::{Pair, judge};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "brackets") else {
        return;
    };
    let pair = Pair {
        start: TokenKind::FlowSequenceStart,
        end: TokenKind::FlowSequenceEnd,
        name: "bracket",
    };
    judge(&lint, pair, out);
}
