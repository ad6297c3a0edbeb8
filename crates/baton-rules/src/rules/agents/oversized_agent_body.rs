//! Bodies of agents keep below the longest that is allowed.

use baton_source::Span;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let own = ctx.settings.agents.body_max_lines;
    let Some(max) = own.or(ctx.repo.agent_conventions().body_max_lines) else {
        return;
    };
    // The rest of the closing delimiter's line is the first line, so that the figures are those
    // people know; without front matter the body is the whole text.
    let start = file
        .front_matter_block()
        .map_or(0, |block| block.block.end as usize);
    let body = Span::new(start, file.text().len()).of(file.text());
    let lines = body.matches('\n').count() + 1;
    if lines <= max {
        return;
    }
    let over = body
        .split_inclusive('\n')
        .take(max)
        .map(str::len)
        .sum::<usize>();
    let at = Span::at(start + over);
    let message = format!("the body has {lines} lines where {max} are allowed");
    out.report(file.at(&at), message)
        .help("Move what only some tasks need to the references of a skill.");
}
