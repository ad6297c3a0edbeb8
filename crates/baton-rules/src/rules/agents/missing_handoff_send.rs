//! Every handoff says whether its prompt is sent at once.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let document = file.front_matter();
    if !ctx.repo.agent_conventions().handoff_send || !document.errors.is_empty() {
        return;
    }
    let handoffs = document.root.as_ref().and_then(|root| root.get("handoffs"));
    for item in handoffs.map_or(&[][..], |node| node.items()) {
        let Some(first) = item.entries().first() else {
            continue;
        };
        if item
            .get("send")
            .is_none_or(baton_syntax::node::Node::is_null)
        {
            out.report(file.at(first), "the handoff does not say `send`")
                .help("Add `send: true` to send the prompt at once, or `send: false` to let people read it first.");
        }
    }
}
