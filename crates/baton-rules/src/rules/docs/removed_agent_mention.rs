//! Nobody calls on agents that are gone.

use baton_source::Span;

use crate::support::docs;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let removed = docs::removed_agents(ctx);
    if removed.is_empty() || !docs::is_scanned(ctx, file) {
        return;
    }
    let text = file.text();
    for (at, _) in text.match_indices('@') {
        let name = docs::word(text, at + 1);
        let Some(instead) = docs::look_up(removed, name) else {
            continue;
        };
        let end = at + 1 + name.len();
        let follows = docs::begin(text.get(end..).unwrap_or(""), " agent");
        let Some(length) = follows.filter(|_| !docs::has_agent(ctx.repo, name)) else {
            continue;
        };
        let span = Span::new(at, end + length);
        out.report(
            file.at(&span),
            format!("there is no agent `@{name}` any more"),
        )
        .help(docs::instead(instead));
    }
}
