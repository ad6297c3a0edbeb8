//! Handoffs have no keys but those their readers know.

use baton_source::nearest;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const KNOWN: [&str; 6] = [
    "label",
    "agent",
    "prompt",
    "send",
    "model",
    "showContinueOn",
];

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let root = file.front_matter().root.as_ref();
    let handoffs = root.and_then(|root| root.get("handoffs"));
    let items = handoffs.map_or(&[][..], |node| node.items());
    for entry in items.iter().flat_map(baton_syntax::node::Node::entries) {
        let key = entry.key.as_str();
        if KNOWN.contains(&key) {
            continue;
        }
        let found = out.report(file.at(entry), format!("handoffs have no key `{key}`"));
        match nearest(key, KNOWN) {
            Some(known) => found.help(format!("Write `{known}`, if that is what you mean.")),
            None => found.help("Remove the key: nobody reads it."),
        };
    }
}
