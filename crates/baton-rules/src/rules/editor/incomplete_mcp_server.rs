//! A server says how it is started or where it is.

use baton_repo::File;

use crate::support::mcp::{Side, format, servers};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let format = format(ctx, file);
    for server in servers(ctx, file) {
        let name = &server.key;
        let lacks = |key: &str| server.value.get(key).is_none();
        let (message, help) = match format.side(&server.value) {
            Some(Side::Local) if lacks("command") => (
                format!("`{name}` does not say which `command` starts it"),
                "Add `command`.",
            ),
            Some(Side::Remote) if lacks("url") => (
                format!("`{name}` does not say at which `url` it is"),
                "Add `url`.",
            ),
            None if lacks("type") => (
                format!("`{name}` has neither a `command` nor a `url`"),
                "Add `command` for a program to start, or `url` for a server to call.",
            ),
            _ => continue,
        };
        out.report(file.at(server), message).help(help);
    }
}
