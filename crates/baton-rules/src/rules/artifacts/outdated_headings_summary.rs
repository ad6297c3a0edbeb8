//! The heading summary says what the definitions say, byte for byte.

use std::fmt::Write as _;

use baton_source::{Applicability, Fix, Location, Span};
use baton_syntax::node::Node;

use crate::support::artifacts::contracts;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let mut lists: Vec<(String, Vec<String>)> = contracts(ctx)
        .into_iter()
        .map(|contract| (contract.kind.name, contract.kind.headings))
        .collect();
    if lists.is_empty() {
        return;
    }
    lists.sort_by(|left, right| left.0.encode_utf16().cmp(right.0.encode_utf16()));
    let wanted = rendered(&lists);
    let text = file.text();
    if text == wanted {
        return;
    }
    let (at, message) = difference(file, &lists);
    out.report(at, message)
        .help("Write the summary anew from the headings of each type.")
        .fix(Fix {
            title: "Write the summary anew".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![file.edit(Span::new(0, text.len()), wanted)],
        });
}

/// The first thing that differs.
fn difference(file: &File, lists: &[(String, Vec<String>)]) -> (Location, String) {
    if let Some(error) = file.document().errors.first() {
        return (
            file.at(error),
            format!("the summary is not JSON: {}", error.message),
        );
    }
    let root = file.node();
    for (name, headings) in lists {
        let Some(entry) = root.and_then(|root| root.entry(name)) else {
            return (file.whole(), format!("the summary lacks `{name}`"));
        };
        if let Some((at, message)) = in_list(name, &entry.value, headings) {
            let at = at.map_or(file.at(entry), |node| file.at(node));
            return (at, message);
        }
    }
    let entries = root.map(Node::entries).unwrap_or_default();
    let is_known = |key: &str| lists.iter().any(|(name, _)| name == key);
    if let Some(entry) = entries.iter().find(|entry| !is_known(&entry.key)) {
        let message = format!(
            "the summary has `{}`, which is no type of artifact",
            entry.key
        );
        return (file.at(entry), message);
    }
    let message = "the summary is not formatted as it would be when written anew";
    (file.whole(), message.to_owned())
}

fn in_list<'n>(
    name: &str,
    list: &'n Node,
    headings: &[String],
) -> Option<(Option<&'n Node>, String)> {
    let items = list.items();
    for (place, heading) in headings.iter().enumerate() {
        let wanted = format!("## {heading}");
        let Some(item) = items.get(place) else {
            return Some((None, format!("the summary of `{name}` lacks `{wanted}`")));
        };
        if item.as_str() != Some(&wanted) {
            let found = item.as_str().unwrap_or(item.kind());
            let message = format!("the summary of `{name}` has `{found}` where `{wanted}` belongs");
            return Some((Some(item), message));
        }
    }
    let extra = items.get(headings.len())?;
    let found = extra.as_str().unwrap_or(extra.kind());
    let message = format!("the summary of `{name}` has `{found}`, which does not belong there");
    Some((Some(extra), message))
}

fn rendered(lists: &[(String, Vec<String>)]) -> String {
    let mut text = String::from("{");
    for (number, (name, headings)) in lists.iter().enumerate() {
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(text, "{comma}\n  {}: [", quoted(name));
        for (number, heading) in headings.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            let _ = write!(text, "{comma}\n    {}", quoted(&format!("## {heading}")));
        }
        text.push_str(if headings.is_empty() { "]" } else { "\n  ]" });
    }
    text.push_str("\n}\n");
    text
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}
