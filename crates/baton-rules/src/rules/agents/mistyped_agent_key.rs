//! Keys of an agent's front matter hold the kind of value their readers expect.

use baton_source::{Diagnostic, Severity, Span};
use baton_syntax::node::{Entry, Node, Value};

use crate::support::agents;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// What a key may hold.
#[derive(Clone, Copy)]
enum Wanted {
    Text,
    /// `true` or `false`.
    Flag,
    /// A flag, or one of the texts that stand for one.
    Invocable,
    /// A list of texts; a text too where the conventions are not strict.
    List,
    /// A text or a list of texts.
    TextOrList,
}

const KEYS: &[(&str, Wanted)] = &[
    ("name", Wanted::Text),
    ("description", Wanted::Text),
    ("user-invocable", Wanted::Invocable),
    ("disable-model-invocation", Wanted::Flag),
    ("tools", Wanted::List),
    ("agents", Wanted::List),
    ("model", Wanted::TextOrList),
];

const HANDOFF_KEYS: &[(&str, Wanted)] = &[
    ("label", Wanted::Text),
    ("agent", Wanted::Text),
    ("prompt", Wanted::Text),
    ("model", Wanted::Text),
    ("send", Wanted::Flag),
    ("showContinueOn", Wanted::Flag),
];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = &file.front_matter().root else {
        return;
    };
    let strict = ctx.repo.agent_conventions().strict_lists;
    for (key, wanted) in KEYS {
        let Some(entry) = root.entry(key) else {
            continue;
        };
        let found = judge(file, entry, (*wanted, strict), out);
        // Editors take a word they do not know for the default, which is to show the agent.
        if *key == "user-invocable"
            && !agents::is_subagent(ctx, file)
            && let Some(found) = found
        {
            found.severity(Severity::Warning);
        }
    }
    if let Some(handoffs) = root.entry("handoffs") {
        judge_handoffs(file, handoffs, out);
    }
}

/// Reports what is wrong with a value; what is wrong with items is reported, not returned.
fn judge<'o>(
    file: &File,
    entry: &Entry,
    wanted: (Wanted, bool),
    out: &'o mut Findings,
) -> Option<&'o mut Diagnostic> {
    let (key, node) = (entry.key.as_str(), &entry.value);
    let (wanted, strict) = wanted;
    let fits = match (wanted, &node.value) {
        // A list that is not written at all means every agent, one that is empty means none.
        (Wanted::List, Value::Null) => key != "agents" || !strict,
        (_, Value::Null)
        | (Wanted::Text | Wanted::TextOrList, Value::String(_))
        | (Wanted::Flag | Wanted::Invocable, Value::Bool(_)) => true,
        (Wanted::Invocable, Value::String(text)) => {
            matches!(text.as_str(), "true" | "false" | "always" | "never")
        }
        (Wanted::List, Value::String(_)) => !strict,
        (Wanted::List | Wanted::TextOrList, Value::Sequence(items)) => {
            judge_items(file, key, items, out);
            true
        }
        _ => false,
    };
    if fits {
        return None;
    }
    let expected = match wanted {
        Wanted::Text => "text",
        Wanted::Flag | Wanted::Invocable => "`true` or `false`",
        Wanted::List => "a list",
        Wanted::TextOrList => "text or a list",
    };
    let at = place(entry);
    let message = match &node.value {
        Value::String(text) if !matches!(wanted, Wanted::List) => {
            format!("`{key}` is `{text}`, not {expected}")
        }
        _ => format!("`{key}` is {}, not {expected}", kind(node)),
    };
    Some(out.report(file.at(&at), message).help(help(wanted, key)))
}

fn judge_items(file: &File, key: &str, items: &[Node], out: &mut Findings) {
    for item in items.iter().filter(|item| item.as_str().is_none()) {
        let message = format!("`{key}` lists {}, not text", kind(item));
        let at = item
            .entries()
            .first()
            .map_or(item.span, |entry| entry.key_span);
        out.report(file.at(&at), message)
            .help("Write each item as text, between quotes where it looks like something else.");
    }
}

fn judge_handoffs(file: &File, handoffs: &Entry, out: &mut Findings) {
    if handoffs.value.is_null() {
        return;
    }
    if !handoffs.value.is_sequence() {
        let message = format!("`handoffs` is {}, not a list", kind(&handoffs.value));
        out.report(file.at(&place(handoffs)), message)
            .help("Begin each handoff with a hyphen.");
    }
    for item in handoffs.value.items() {
        if !item.is_mapping() {
            let message = format!("the handoff is {}, not keys with values", kind(item));
            out.report(file.at(item), message)
                .help("Give the handoff the keys `label`, `agent` and `prompt`.");
        }
        for (key, wanted) in HANDOFF_KEYS {
            if let Some(entry) = item.entry(key) {
                judge(file, entry, (*wanted, true), out);
            }
        }
    }
}

/// The value where it is one piece, else its key.
fn place(entry: &Entry) -> Span {
    let in_pieces = entry.value.is_mapping() || entry.value.is_sequence();
    if in_pieces || entry.value.is_null() {
        entry.key_span
    } else {
        entry.value.span
    }
}

fn kind(node: &Node) -> &'static str {
    match node.value {
        Value::Null => "empty",
        Value::Bool(_) => "a yes or no",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "a mapping",
    }
}

fn help(wanted: Wanted, key: &str) -> String {
    match wanted {
        Wanted::Text | Wanted::TextOrList => format!("Put the value of `{key}` between quotes."),
        Wanted::Flag | Wanted::Invocable => "Write `true` or `false` without quotes.".to_owned(),
        Wanted::List => {
            format!("Write `{key}: [...]`, with nothing between the brackets for none.")
        }
    }
}
