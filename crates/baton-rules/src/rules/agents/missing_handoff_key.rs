//! Every handoff says what its button reads, which agent takes over and what it is told.

use baton_syntax::node::Value;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let document = file.front_matter();
    // What follows a syntax error was not read: a key may be missing only for us.
    if !document.errors.is_empty() {
        return;
    }
    let handoffs = document.root.as_ref().and_then(|root| root.get("handoffs"));
    for item in handoffs.map_or(&[][..], |node| node.items()) {
        let Some(first) = item.entries().first() else {
            continue;
        };
        for key in ["label", "agent", "prompt"] {
            let (at, message) = match item.entry(key).map(|entry| (entry, &entry.value.value)) {
                None => (first.key_span, format!("the handoff lacks `{key}`")),
                Some((entry, Value::Null)) => (entry.key_span, format!("`{key}` has no value")),
                // An empty prompt is allowed: the user types one.
                Some((entry, Value::String(text))) if key != "prompt" && text.trim().is_empty() => {
                    (entry.key_span, format!("`{key}` has no value"))
                }
                Some(_) => continue,
            };
            out.report(file.at(&at), message)
                .help(format!("Give the handoff `{key}`."));
        }
    }
}
