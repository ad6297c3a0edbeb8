//! Keys of front matter hold the kind of value their host expects.

use baton_repo::{HostKey, Takes};
use baton_syntax::node::{Node, Value};

use crate::support::hosts::{self, Page};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Words that Claude Code takes for yes or no.
const WORDS: [&str; 4] = ["yes", "no", "on", "off"];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(page) = Page::of(ctx, file) else {
        return;
    };
    for entry in page.entries() {
        let Some(key) = page.document.key(&entry.key).filter(|key| !key.elsewhere) else {
            continue;
        };
        if fits(key, &entry.value) {
            judge_items(file, key, &entry.value, out);
            continue;
        }
        let (name, found) = (&key.name, hosts::kind(&entry.value));
        let message = format!("`{name}` is {found}, not {}", wanted(key));
        out.report(file.at(&hosts::place(entry)), message)
            .help(help(key));
    }
}

/// Whether a value is of a kind that the host takes; an empty one is none.
fn fits(key: &HostKey, node: &Node) -> bool {
    let takes = |wanted: Takes| key.takes.contains(&wanted);
    match &node.value {
        Value::Null => true,
        Value::Bool(_) => takes(Takes::Flag) || takes(Takes::Text),
        // A number where text is expected is read as text.
        Value::Number(number) => {
            let word = matches!(number.as_str(), "0" | "1");
            takes(Takes::Number) || takes(Takes::Text) || (takes(Takes::Word) && word)
        }
        Value::String(text) => {
            let word = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
            let spelt = matches!(
                text.to_ascii_lowercase().as_str(),
                "true" | "false" | "0" | "1"
            );
            takes(Takes::Text) || (takes(Takes::Word) && (word || spelt))
        }
        Value::Sequence(_) => takes(Takes::List) || takes(Takes::Mappings),
        Value::Mapping(_) => takes(Takes::Mapping),
    }
}

fn judge_items(file: &File, key: &HostKey, node: &Node, out: &mut Findings) {
    if key.takes.contains(&Takes::Mappings) || key.name == "argument-hint" {
        return;
    }
    let nested = node
        .items()
        .iter()
        .filter(|item| item.is_mapping() || item.is_sequence());
    for item in nested {
        let message = format!("`{}` lists {}, not text", key.name, hosts::kind(item));
        let first = item.entries().first();
        let at = first.map_or(item.span, |entry| entry.key_span);
        out.report(file.at(&at), message)
            .help("Write each item as text, between quotes where it looks like something else.");
    }
}

fn wanted(key: &HostKey) -> String {
    let name = |takes: &Takes| match takes {
        Takes::Text => Some("text"),
        Takes::Flag => Some("`true` or `false`"),
        Takes::Word => None,
        Takes::Number => Some("a number"),
        Takes::List => Some("a list"),
        Takes::Mapping => Some("a mapping"),
        Takes::Mappings => Some("a list of mappings"),
    };
    let names: Vec<&str> = key.takes.iter().filter_map(name).collect();
    names.join(" or ")
}

fn help(key: &HostKey) -> String {
    match key.takes.first() {
        Some(Takes::Flag) => "Write `true` or `false` without quotes.".to_owned(),
        Some(Takes::Text) if key.name == "applyTo" => {
            "Write one text with commas between the patterns.".to_owned()
        }
        _ => format!("Write {} under `{}`.", wanted(key), key.name),
    }
}
