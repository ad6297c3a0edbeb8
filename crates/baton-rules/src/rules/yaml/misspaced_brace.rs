//! Blanks inside braces are as many as configured.

use baton_syntax::yaml::tokens::TokenKind;

use crate::support::yaml::Lint;
use crate::support::yaml_flow::{Pair, judge};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "braces") else {
        return;
    };
    let pair = Pair {
        start: TokenKind::FlowMappingStart,
        end: TokenKind::FlowMappingEnd,
        name: "brace",
    };
    judge(&lint, pair, out);
}
