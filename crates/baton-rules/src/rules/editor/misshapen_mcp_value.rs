//! Values in the configuration of servers have the form their host expects.

use baton_repo::File;
use baton_syntax::node::{Node, Value};

use crate::support::editor::kind;
use crate::support::mcp::{format, servers};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = file.node() else {
        return;
    };
    let format = format(ctx, file);
    if !root.is_mapping() {
        wrong(file, root, ("the file", "an object"), out);
    }
    if let Some(servers) = root.get(&format.servers) {
        if !servers.is_mapping() {
            let name = format!("`{}`", format.servers);
            wrong(file, servers, (&name, "an object"), out);
        }
        for server in servers
            .entries()
            .iter()
            .filter(|one| !one.value.is_mapping())
        {
            let name = format!("`{}`", server.key);
            wrong(file, &server.value, (&name, "an object"), out);
        }
    }
    for server in servers(ctx, file) {
        judge(file, &server.value, out);
    }
}

fn judge(file: &File, server: &Node, out: &mut Findings) {
    for key in ["command", "cwd", "envFile", "url"] {
        if let Some(node) = server.get(key).filter(|node| node.as_str().is_none()) {
            wrong(file, node, (&format!("`{key}`"), "text"), out);
        }
    }
    if let Some(node) = server.get("url")
        && let Some(url) = node.as_str().filter(|url| !is_address(url))
    {
        out.report(file.at(node), format!("`{url}` is no address of a server"))
            .help("Begin it with `https://` or `http://`.");
    }
    if let Some(node) = server.get("args") {
        if !node.is_sequence() {
            wrong(file, node, ("`args`", "a list"), out);
        }
        for item in node.items().iter().filter(|item| item.as_str().is_none()) {
            wrong(file, item, ("an argument", "text"), out);
        }
    }
    for key in ["env", "headers"] {
        let Some(node) = server.get(key) else {
            continue;
        };
        if !node.is_mapping() {
            wrong(file, node, (&format!("`{key}`"), "an object"), out);
        }
        let is_wrong = |value: &Node| match value.value {
            Value::String(_) => false,
            Value::Number(_) | Value::Null => key == "headers",
            _ => true,
        };
        for entry in node.entries().iter().filter(|entry| is_wrong(&entry.value)) {
            let name = format!("`{}` in `{key}`", entry.key);
            wrong(file, &entry.value, (&name, "text"), out);
        }
    }
}

fn is_address(url: &str) -> bool {
    let schemes = [
        "http://", "https://", "ws://", "wss://", "unix://", "pipe://",
    ];
    url.contains("${") || schemes.iter().any(|scheme| url.starts_with(scheme))
}

fn wrong(file: &File, node: &Node, (what, wanted): (&str, &str), out: &mut Findings) {
    let message = format!("{what} is {}, not {wanted}", kind(node));
    out.report(file.at(node), message)
        .help(format!("Make it {wanted}."));
}
