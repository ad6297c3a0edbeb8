//! The host of an agent understands every key of its servers.

use baton_repo::File;
use baton_source::nearest;
use baton_syntax::node::{Entry, Node};

use crate::support::mcp::{Format, Side, format, servers};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = file.node() else {
        return;
    };
    let format = format(ctx, file);
    let known: Vec<&str> = format.root.iter().map(String::as_str).collect();
    for entry in root.entries() {
        let is_foreign = entry.key == format.foreign_servers;
        let has_servers = root.get(&format.servers).is_some();
        // Plugins list their servers without a key around them.
        let is_judged = format.closed || has_servers;
        if is_judged && (has_servers || !is_foreign) {
            judge(file, entry, (&known, format.closed), out);
        }
    }
    for server in servers(ctx, file) {
        let side = format.side(&server.value);
        let known = format.keys(side);
        for entry in server.value.entries() {
            if let Some(side) = side.filter(|side| is_for_other(format, *side, &entry.key)) {
                misplaced(file, (server, entry), side, out);
            } else {
                judge(file, entry, (&known, format.closed), out);
            }
        }
    }
}

fn judge(file: &File, entry: &Entry, (known, closed): (&[&str], bool), out: &mut Findings) {
    let key = entry.key.as_str();
    if known.contains(&key) {
        return;
    }
    let meant = nearest(key, known.iter().copied());
    if !closed && meant.is_none() {
        return;
    }
    let finding = out.report(file.at(entry), format!("`{key}` is no key of such a file"));
    match meant {
        Some(meant) => finding.help(format!("Did you mean `{meant}`?")),
        None => finding.help("Remove it: nobody reads it."),
    };
}

fn is_for_other(format: &Format, side: Side, key: &str) -> bool {
    let other = match side {
        Side::Local => &format.remote,
        Side::Remote => &format.local,
    };
    other.iter().any(|one| one == key)
}

fn misplaced(file: &File, (server, entry): (&Entry, &Entry), side: Side, out: &mut Findings) {
    let what = match side {
        Side::Local => "which is started, not called",
        Side::Remote => "which is called, not started",
    };
    let message = format!("`{}` means nothing to `{}`, {what}", entry.key, server.key);
    let finding = out.report(file.at(entry), message);
    let kind = server
        .value
        .get("type")
        .filter(|kind| Node::as_str(kind).is_some());
    if let Some(kind) = kind {
        finding.label(file.at(kind), "its type is this");
    }
    finding.help("Remove the key, or correct `type`.");
}
