//! The servers that agents of the family call are the ones the repository brings along.

use baton_repo::File;
use baton_repo::editor::RequiredServer;
use baton_syntax::node::{Entry, Node};

use crate::support::editor::conventions;
use crate::support::mcp::servers;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("editor-mcp") {
        for demanded in &conventions(ctx).servers {
            let mut servers = servers(ctx, file);
            if let Some(found) = servers.find(|server| server.key == demanded.name) {
                judge(file, found, demanded, out);
            }
        }
    }
}

fn judge(file: &File, server: &Entry, demanded: &RequiredServer, out: &mut Findings) {
    let values = [
        ("type", &demanded.transport),
        ("command", &demanded.command),
    ];
    for (key, wanted) in values {
        let Some(wanted) = wanted else {
            continue;
        };
        let found = server.value.get(key);
        if found.and_then(Node::as_str) == Some(wanted) {
            continue;
        }
        let at = found.map_or(file.at(server), |found| file.at(found));
        let message = format!("the `{key}` of `{}` is not `{wanted}`", server.key);
        out.report(at, message)
            .help(format!("Write `\"{key}\": \"{wanted}\"`."));
    }
    let Some(part) = &demanded.argument else {
        return;
    };
    let arguments = server.value.get("args");
    let mut texts = arguments.into_iter().flat_map(Node::items);
    if texts.any(|text| text.as_str().is_some_and(|text| text.contains(part))) {
        return;
    }
    let at = arguments.map_or(file.at(server), |found| file.at(found));
    let message = format!("no argument of `{}` names `{part}`", server.key);
    out.report(at, message)
        .help("Start the server that lies in the repository.");
}
