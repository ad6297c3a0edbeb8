//! Settings of Claude Code hold the kind of value that belongs there.

use baton_repo::File;
use baton_syntax::node::{Entry, Node, Value};

use crate::support::claude_settings::format;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Lists of texts in `permissions`.
const LISTS: [&str; 4] = ["allow", "ask", "deny", "additionalDirectories"];

/// What to do about it.
const HELP: &str =
    "Claude Code sets the whole file aside; write the value as its documentation has it.";

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = file.node() else { return };
    for entry in root.entries() {
        if let Some((wanted, false)) = verdict(entry) {
            report(file, (&entry.key, &entry.value, wanted), out);
        }
    }
    let permissions = root.get("permissions").map_or(&[][..], Node::entries);
    for entry in permissions {
        if LISTS.contains(&entry.key.as_str()) {
            texts(file, entry, out);
        } else if entry.key == "defaultMode" && entry.value.as_str().is_none() {
            report(file, (&entry.key, &entry.value, "text"), out);
        }
    }
    let events = root.get("hooks").map_or(&[][..], Node::entries);
    for group in events.iter().flat_map(|event| event.value.items()) {
        if let Some(matcher) = group.get("matcher").filter(|it| it.as_str().is_none()) {
            report(file, ("matcher", matcher, "text"), out);
        }
    }
}

/// What belongs to a key, and whether it is there.
fn verdict(entry: &Entry) -> Option<(&'static str, bool)> {
    let types = &format().types;
    let is = |names: &[String]| names.contains(&entry.key);
    let value = &entry.value;
    if is(&types.flags) {
        Some(("`true` or `false`", value.as_bool().is_some()))
    } else if is(&types.texts) {
        Some(("text", value.as_str().is_some()))
    } else if is(&types.numbers) {
        Some(("a number", value.as_f64().is_some()))
    } else if is(&types.lists) {
        Some(("a list", value.is_sequence()))
    } else if is(&types.objects) {
        Some(("an object", value.is_mapping()))
    } else {
        None
    }
}

/// Reports what is no list of texts.
fn texts(file: &File, entry: &Entry, out: &mut Findings) {
    if !entry.value.is_sequence() {
        return report(file, (&entry.key, &entry.value, "a list of texts"), out);
    }
    let others = entry.value.items().iter();
    for other in others.filter(|item| item.as_str().is_none()) {
        let message = format!("`{}` lists {}, where text belongs", entry.key, kind(other));
        out.report(file.at(other), message).help(HELP);
    }
}

fn report(file: &File, (key, value, wanted): (&str, &Node, &str), out: &mut Findings) {
    if matches!(value.value, Value::Null) {
        return;
    }
    let message = format!("`{key}` holds {}, where {wanted} belongs", kind(value));
    out.report(file.at(value), message).help(
        "Claude Code sets the whole file aside; write the value as its documentation has it.",
    );
}

/// What a value is, for a sentence.
fn kind(value: &Node) -> &'static str {
    match value.value {
        Value::Null => "nothing",
        Value::Bool(_) => "`true` or `false`",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "an object",
    }
}
