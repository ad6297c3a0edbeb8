//! The table of which agents read which skills.

use baton_syntax::node::{Entry, Node};

use crate::File;

/// How near a skill is to an agent: it reads it always, when asked, or not at all.
pub(crate) const TIERS: [&str; 3] = ["primary", "secondary", "never"];

/// What the table says of one agent.
pub(crate) struct Affinity<'f> {
    pub(crate) entry: &'f Entry,
    pub(crate) is_subagent: bool,
}

/// What the table says, agents before subagents.
pub(crate) fn entries(file: &File) -> impl Iterator<Item = Affinity<'_>> {
    let kinds = [("agents", false), ("subagents", true)].into_iter();
    kinds.flat_map(move |(key, is_subagent)| {
        let agents = file.node().and_then(|root| root.get(key));
        let agents = agents.map_or(&[][..], Node::entries).iter();
        agents.map(move |entry| Affinity { entry, is_subagent })
    })
}

/// The names of one list, and where they stand.
pub(crate) fn skills_of<'f>(
    agent: &Affinity<'f>,
    tier: &str,
) -> impl Iterator<Item = (&'f str, &'f Node)> + use<'f> {
    let list = agent.entry.value.get(tier);
    let items = list.map_or(&[][..], Node::items).iter();
    items.filter_map(|node| Some((node.as_str()?, node)))
}
