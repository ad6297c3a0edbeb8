//! The servers that agents of the family call are configured.

use baton_source::Span;

use crate::support::editor::conventions;
use crate::support::mcp::format;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("editor-mcp") {
        let Some(root) = file.node() else {
            continue;
        };
        let servers = root.entry(&format(ctx, file).servers);
        for server in &conventions(ctx).servers {
            let found = servers.and_then(|servers| servers.value.get(&server.name));
            if found.is_some_and(|found| !found.is_null()) {
                continue;
            }
            let start = root.span.start as usize;
            let opening = Span::new(start, start + 1);
            let at = servers.map_or(file.at(&opening), |servers| file.at(servers));
            out.report(at, format!("the server `{}` is missing", server.name))
                .help(format!("Add `servers.{}`: agents call it.", server.name));
        }
    }
}
