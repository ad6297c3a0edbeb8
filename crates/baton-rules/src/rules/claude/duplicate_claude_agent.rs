//! No two subagents of one folder have one name.

use std::collections::BTreeMap;

use baton_syntax::node::Node;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let mut known: BTreeMap<(&str, &str), (&File, &Node)> = BTreeMap::new();
    for file in ctx.repo.of_kind("claude-agent") {
        if ctx.repo.host_document(file).is_none() || !file.front_matter().errors.is_empty() {
            continue;
        }
        let root = file.front_matter().root.as_ref();
        let Some(node) = root.and_then(|root| root.get("name")) else {
            continue;
        };
        let path = file.path.as_str();
        let folder = path
            .split_once(".claude/agents/")
            .map_or("", |(above, _)| above);
        let Some(name) = node.as_str().filter(|name| !name.is_empty()) else {
            continue;
        };
        let Some((first, first_name)) = known.get(&(folder, name)).copied() else {
            known.insert((folder, name), (file, node));
            continue;
        };
        let message = format!("`{}` already has the name `{name}`", first.path);
        out.report(file.at(node), message)
            .label(first.at(first_name), "the name is taken here")
            .help("Give each subagent a name of its own.");
    }
}
