//! A comment is indented like what stands before or after it.

use baton_syntax::yaml::tokens::TokenKind;

use crate::support::yaml::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "comments-indentation") else {
        return;
    };
    let mut above = None;
    for comment in lint.comments() {
        if comment.is_inline {
            above = Some((comment.after, None));
            continue;
        }
        let next = lint.tokens().get(comment.after);
        let next = next.map_or(0, |next| next.column);
        let last = comment.after.checked_sub(1);
        let last = last.and_then(|last| lint.tokens().get(last));
        let is_first = above.is_none_or(|(after, _)| after != comment.after);
        // Below a text of several lines the first comment may stand anywhere.
        if is_first && last.is_some_and(|last| last.kind == TokenKind::Block) {
            above = Some((comment.after, Some(comment.column)));
            continue;
        }
        let last = last.map_or(0, |last| lint.indent_of(last.line)).max(next);
        let of_above = above.filter(|(after, _)| *after == comment.after);
        let last = of_above.and_then(|(_, column)| column).unwrap_or(last);
        above = Some((comment.after, Some(comment.column)));
        if comment.column == last || comment.column == next {
            continue;
        }
        let message = "this comment is indented like nothing around it";
        if let Some(finding) = lint.report(out, comment.span, message) {
            finding.help("Indent it like the line it speaks of.");
        }
    }
}
