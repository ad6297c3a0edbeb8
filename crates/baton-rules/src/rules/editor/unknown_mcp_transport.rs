//! The host of an agent knows how to talk to its servers.

use baton_repo::File;
use baton_source::nearest;

use crate::support::editor::kind as kind_of;
use crate::support::mcp::{format, servers};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let format = format(ctx, file);
    for server in servers(ctx, file) {
        let Some(node) = server.value.get("type") else {
            continue;
        };
        let kind = node.as_str();
        if kind.is_some_and(|kind| format.transports().any(|known| known == kind)) {
            continue;
        }
        let message = match kind {
            Some(kind) => format!("`{kind}` is no type of server"),
            None => format!("the type of a server is {}, not text", kind_of(node)),
        };
        let names: Vec<String> = format.transports().map(|one| format!("`{one}`")).collect();
        let finding = out.report(file.at(node), message);
        match kind.and_then(|kind| nearest(kind, format.transports())) {
            Some(meant) => finding.help(format!("Did you mean `{meant}`?")),
            None => finding.help(format!("Write one of {}.", names.join(", "))),
        };
    }
}
