//! Blanks after the hyphen of a list item are as many as configured.

use baton_source::Span;
use baton_syntax::yaml::tokens::TokenKind;

use crate::support::yaml::{Lint, Room};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "hyphens") else {
        return;
    };
    let room = Room {
        least: -1,
        most: lint.number("max-spaces-after", 1),
    };
    for (number, token) in lint.tokens().iter().enumerate() {
        let gap = lint.gap_after(number);
        if let Some(gap) = gap.filter(|_| token.kind == TokenKind::Entry) {
            judge(&lint, gap, room, out);
        }
    }
}

/// What stands below the item is indented by what is between hyphen and item: nothing is mended.
fn judge(lint: &Lint<'_>, gap: Span, room: Room, out: &mut Findings) {
    let width = i64::from(gap.end - gap.start);
    if room.most < 0 || width <= room.most {
        return;
    }
    let message = format!("too many blanks after the hyphen: {width}");
    if let Some(finding) = lint.report(out, gap, message) {
        finding.help("Move the item, and what belongs to it, to the left.");
    }
}
