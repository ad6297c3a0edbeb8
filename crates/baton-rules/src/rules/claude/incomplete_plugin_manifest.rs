//! Manifests of plugins and marketplaces hold what Claude Code refuses them without.

use std::collections::BTreeMap;

use baton_source::Location;
use baton_syntax::node::Node;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if ctx.repo.is_kind(file, "test-data") || !file.document().errors.is_empty() {
        return;
    }
    let Some(root) = file.node() else {
        return;
    };
    if !root.is_mapping() {
        out.report(file.at(root), "the manifest is no object")
            .help("Write an object with `name`.");
        return;
    }
    let of = if ctx.repo.is_kind(file, "claude-marketplace") {
        "the marketplace"
    } else {
        "the plugin"
    };
    named(root, of, file.whole(), out);
    if of == "the marketplace" {
        owner(file, root, out);
        plugins(file, root, out);
    }
}

/// Reports a missing name.
fn named(node: &Node, what: &str, at: Location, out: &mut Findings) {
    let name = node.get("name").and_then(Node::as_str).unwrap_or("");
    if name.trim().is_empty() {
        out.report(at, format!("{what} has no `name`"))
            .help("Add `name`, in lower case and with hyphens.");
    }
}

fn owner(file: &File, root: &Node, out: &mut Findings) {
    match root.get("owner") {
        Some(owner) if owner.is_mapping() => named(owner, "`owner`", file.at(owner), out),
        Some(owner) => {
            out.report(file.at(owner), "`owner` is no object")
                .help("Write an object with `name`.");
        }
        None => {
            out.report(file.whole(), "the marketplace has no `owner`")
                .help("Add `owner`, an object with `name`.");
        }
    }
}

fn plugins(file: &File, root: &Node, out: &mut Findings) {
    let Some(plugins) = root.get("plugins").filter(|list| list.is_sequence()) else {
        let at = root
            .get("plugins")
            .map_or_else(|| file.whole(), |wrong| file.at(wrong));
        out.report(at, "the marketplace has no list of `plugins`")
            .help("Add `plugins`, a list of objects with `name` and `source`.");
        return;
    };
    let mut known: BTreeMap<&str, &Node> = BTreeMap::new();
    for plugin in plugins.items() {
        if !plugin.is_mapping() {
            out.report(file.at(plugin), "the plugin is no object")
                .help("Write an object with `name` and `source`.");
            continue;
        }
        named(plugin, "the plugin", file.at(plugin), out);
        if plugin.get("source").is_none_or(Node::is_null) {
            out.report(file.at(plugin), "the plugin has no `source`")
                .help("Add `source`: a path that begins with `./`, or where to fetch the plugin.");
        }
        let name = plugin.get("name");
        let Some((node, name)) = name.and_then(|node| Some((node, node.as_str()?))) else {
            continue;
        };
        if let Some(first) = known.get(name) {
            out.report(
                file.at(node),
                format!("the plugin `{name}` is listed twice"),
            )
            .label(file.at(*first), "the name is taken here")
            .help("Give each plugin a name of its own.");
        } else if !name.is_empty() {
            known.insert(name, node);
        }
    }
}
