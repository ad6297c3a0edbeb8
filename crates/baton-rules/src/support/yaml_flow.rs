//! What the rules about braces and brackets share.

use baton_syntax::yaml::tokens::TokenKind;

use super::yaml::{Lint, Room};
use crate::Findings;

/// Two signs that belong together.
#[derive(Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) start: TokenKind,
    pub(crate) end: TokenKind,
    pub(crate) name: &'static str,
}

/// Reports pairs that must not be there, and blanks inside those that may.
pub(crate) fn judge(lint: &Lint<'_>, pair: Pair, out: &mut Findings) {
    let room = Room {
        least: lint.number("min-spaces-inside", 0),
        most: lint.number("max-spaces-inside", 0),
    };
    let own = |name, inherited| match lint.number(name, -1) {
        -1 => inherited,
        own => own,
    };
    let empty = Room {
        least: own("min-spaces-inside-empty", room.least),
        most: own("max-spaces-inside-empty", room.most),
    };
    let forbid = lint.word("forbid", "false");
    for (number, token) in lint.tokens().iter().enumerate() {
        let next = lint.tokens().get(number + 1);
        let is_empty = next.is_some_and(|next| next.kind == pair.end);
        if token.kind == pair.start {
            if forbid == "true" || (forbid == "non-empty" && !is_empty) {
                let message = format!("the configuration allows no {}s here", pair.name);
                if let Some(finding) = lint.report(out, token.span, message) {
                    finding.help("Write it on lines of its own.");
                }
                continue;
            }
            let (room, place) = if is_empty {
                (empty, format!("between {}s", pair.name))
            } else {
                (room, format!("after the {}", pair.name))
            };
            if let Some(gap) = lint.gap_after(number) {
                lint.judge_gap(out, gap, room, &place);
            }
        } else if token.kind == pair.end && !follows(lint, number, pair.start) {
            if let Some(gap) = lint.gap_before(number) {
                lint.judge_gap(out, gap, room, &format!("before the {}", pair.name));
            }
        }
    }
}

fn follows(lint: &Lint<'_>, number: usize, kind: TokenKind) -> bool {
    let before = number.checked_sub(1);
    let before = before.and_then(|before| lint.tokens().get(before));
    before.is_some_and(|before| before.kind == kind)
}
