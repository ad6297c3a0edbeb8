//! Front matter begins at the first byte of its file.

use baton_source::Span;
use baton_syntax::front_matter::Split;

use crate::support::{hosts, instructions};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(document) = ctx.repo.host_document(file) else {
        return;
    };
    // What the repository demands of instructions is a finding of its own rules.
    if instructions::has_own_keys(ctx, file) {
        return;
    }
    match file.split() {
        Split::Found(_) => {}
        Split::Unclosed(opening) => {
            // That of agents is a finding of the rules about agents.
            let agent = ctx.repo.is_kind(file, "agent") || ctx.repo.is_kind(file, "subagent");
            let body = Span::new(opening.end as usize, file.text().len()).of(file.text());
            let first = body.lines().find(|line| !line.trim().is_empty());
            if !agent && first.is_some_and(|line| hosts::has_key(document, line)) {
                out.report(file.at(opening), "the front matter is never closed")
                    .help("Close it with a line of three hyphens.");
            }
        }
        Split::None => {
            hosts::report_displaced(document, file, out);
        }
    }
}
