//! Every entry of the block list can be looked for.

use baton_syntax::node::Node;

use crate::support::terminology::Term;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = file.node() else {
        return;
    };
    let Some(rules) = root.get("rules").filter(|rules| rules.is_sequence()) else {
        out.report(file.whole(), "the list of terms has no list `rules`")
            .help("Add a list `rules` of objects with `id`, `pattern` and `replacement`.");
        return;
    };
    for rule in rules.items() {
        let Err(wrong) = Term::read(rule) else {
            continue;
        };
        let id = rule.get("id").and_then(Node::as_str);
        let message = match id {
            Some(id) => format!("the rule `{id}` is never applied: {wrong}"),
            None => format!("a rule is never applied: {wrong}"),
        };
        let place = rule.get("pattern").unwrap_or(rule);
        out.report(file.at(place), message).help(
            "Give it a `pattern` without looks ahead or behind, and without back references.",
        );
    }
}
