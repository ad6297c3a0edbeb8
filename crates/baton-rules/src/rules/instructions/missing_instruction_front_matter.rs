//! Instruction files begin with front matter.

use baton_syntax::front_matter::Split;

use crate::support::{agents, hosts, instructions};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if instructions::required_keys(ctx).is_empty() {
        return;
    }
    let (at, message) = match file.split() {
        Split::Unclosed(opening) => (file.at(opening), "the front matter is never closed"),
        Split::Found(block) if agents::is_empty(file) => {
            (file.at(&block.block), "the front matter is empty")
        }
        Split::Found(_) => return,
        Split::None => {
            let document = ctx.repo.host_document(file);
            if document.is_some_and(|document| hosts::report_displaced(document, file, out)) {
                return;
            }
            (file.whole(), "the instructions have no front matter")
        }
    };
    let keys = instructions::required_keys(ctx).join("` and `");
    out.report(at, message).help(format!(
        "Begin the file with `{keys}` between two lines of three hyphens."
    ));
}
