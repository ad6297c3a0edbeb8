//! The editor knows how to ask for a value.

use std::collections::BTreeMap;

use baton_repo::File;
use baton_source::{Severity, nearest};
use baton_syntax::node::Node;

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Ways to ask, with what each of them needs.
const WAYS: [(&str, &[&str]); 3] = [
    ("promptString", &["id", "description"]),
    ("pickString", &["id", "description", "options"]),
    ("command", &["id", "command"]),
];

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let inputs = file.node().and_then(|root| root.get("inputs"));
    let mut first: BTreeMap<&str, &Node> = BTreeMap::new();
    for input in inputs.map(Node::items).unwrap_or_default() {
        judge(file, input, out);
        let Some(id) = input.get("id") else {
            continue;
        };
        let name = id.as_str().unwrap_or("");
        let before = *first.entry(name).or_insert(id);
        if before.span != id.span {
            let message = format!("the input `{name}` stands twice");
            out.report(file.at(id), message)
                .label(file.at(before), "it stands here first")
                .help("Give each input an `id` of its own.");
        }
    }
}

fn judge(file: &File, input: &Node, out: &mut Findings) {
    let kind = input.get("type");
    let name = kind.and_then(Node::as_str).unwrap_or("");
    let way = WAYS.iter().find(|(way, _)| *way == name);
    match (kind, way) {
        (Some(kind), None) => {
            let finding = out.report(file.at(kind), format!("`{name}` is no type of input"));
            match nearest(name, WAYS.iter().map(|(way, _)| *way)) {
                Some(meant) => finding.help(format!("Did you mean `{meant}`?")),
                None => finding.help("Write `promptString`, `pickString` or `command`."),
            };
        }
        (None, _) => lacks(file, input, ("type", Severity::Error), out),
        _ => {}
    }
    for key in way.map_or(&["id"][..], |(_, keys)| keys) {
        let severity = match *key {
            "description" => Severity::Warning,
            _ => Severity::Error,
        };
        if input.get(key).is_none() {
            lacks(file, input, (key, severity), out);
        }
    }
}

fn lacks(file: &File, input: &Node, (key, severity): (&str, Severity), out: &mut Findings) {
    let name = match input.get("id").and_then(Node::as_str) {
        Some(id) => format!("the input `{id}`"),
        None => "an input".to_owned(),
    };
    out.report(file.at(input), format!("{name} lacks `{key}`"))
        .severity(severity)
        .help(format!("Add `{key}`."));
}
