//! A heading is at most one level below the one before it.

use crate::support::markdown::Lint;
use crate::support::markdown_headings::{front_matter_has_title, headings};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD001") else {
        return;
    };
    let mut before = if front_matter_has_title(&lint) { 1 } else { 6 };
    for heading in headings(&lint) {
        if heading.level > before + 1 {
            let message = format!(
                "a heading of level {} right below one of level {before}",
                heading.level
            );
            if let Some(finding) = lint.report(out, heading.span, message) {
                finding.help(format!("Make it one of level {}.", before + 1));
            }
        }
        before = heading.level;
    }
}
