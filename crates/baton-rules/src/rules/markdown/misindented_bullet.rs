//! Bullets are indented by a fixed number of blanks for each list around them.

use baton_source::Span;

use crate::support::markdown::Lint;
use crate::support::markdown_blocks::resize;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// How far the text of a footnote is indented.
const FOOTNOTE: usize = 4;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD007") else {
        return;
    };
    let step = lint.size("indent", 2);
    let start = if lint.flag("start_indented", false) {
        lint.size("start_indent", step)
    } else {
        0
    };
    for list in &lint.outline().lists {
        let Some(around) = list.bullets else { continue };
        let footnote = if list.in_footnote { FOOTNOTE } else { 0 };
        let wanted = footnote + start + around * step;
        for marker in &list.markers {
            let before = lint.before(marker.start);
            let quotes = quote_prefix(before);
            let actual = before.chars().count() - quotes;
            if actual == wanted {
                continue;
            }
            let message = format!("the bullet is indented by {actual} where {wanted} is due");
            let Some(finding) = lint.report(out, *marker, message) else {
                continue;
            };
            finding.help(format!("Indent it by {wanted}."));
            let end = marker.start as usize;
            let blanks = Span::new(end - actual.min(end), end);
            if blanks.of(lint.text).bytes().all(|byte| byte == b' ') {
                finding.fix(resize(&lint, blanks, wanted));
            }
        }
    }
}

/// The length of what stands before a marker up to the last mark of a quote and its blank.
fn quote_prefix(before: &str) -> usize {
    let Some((quotes, rest)) = before.rsplit_once('>') else {
        return 0;
    };
    quotes.chars().count() + 1 + usize::from(rest.starts_with([' ', '\t']))
}
