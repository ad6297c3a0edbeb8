//! Keys of a skill's front matter hold the kind of value their readers expect.

use baton_repo::SkillHost;
use baton_source::{Severity, Span};
use baton_syntax::node::{Entry, Node, Value};

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const TEXTS: &[&str] = &["name", "description", "license", "compatibility"];
const LISTS: &[&str] = &["allowed-tools", "disallowed-tools"];
const FLAGS: &[&str] = &["user-invocable", "disable-model-invocation"];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = &file.front_matter().root else {
        return;
    };
    if !skills::is_judged(ctx, file) {
        return;
    }
    for entry in root.entries().iter().filter(|it| !it.value.is_null()) {
        let key = entry.key.as_str();
        let expected = if TEXTS.contains(&key) && !is_text(&entry.value) {
            "text"
        } else if LISTS.contains(&key) && !is_list(&entry.value) {
            "text or a list of texts"
        } else if FLAGS.contains(&key) && !skills::is_flag(entry) {
            "`true` or `false`"
        } else {
            continue;
        };
        let message = format!("`{key}` is {}, not {expected}", kind(&entry.value));
        let finding = out
            .report(file.at(&place(entry)), message)
            .help(format!("Write {expected}."));
        if key == "name" || key == "description" {
            skills::soften(ctx, file, finding);
        } else {
            finding.severity(Severity::Warning);
        }
    }
    if let Some(metadata) = root.entry("metadata") {
        judge_metadata(ctx, file, metadata, out);
    }
}

/// The specification has texts only; Claude Code passes on whatever is there.
fn judge_metadata(ctx: &Ctx<'_>, file: &File, metadata: &Entry, out: &mut Findings) {
    if metadata.value.is_null() {
        return;
    }
    if !metadata.value.is_mapping() {
        let message = format!("`metadata` is {}, not a mapping", kind(&metadata.value));
        out.report(file.at(&place(metadata)), message)
            .severity(Severity::Warning)
            .help("Write one `key: value` on each line below `metadata`.");
    }
    if !skills::conventions(ctx).specification || skills::host(file) == SkillHost::Claude {
        return;
    }
    let wrong = |entry: &&Entry| entry.value.as_str().is_none();
    for entry in metadata.value.entries().iter().filter(wrong) {
        let message = format!(
            "`{}` in `metadata` is {}, not text",
            entry.key,
            kind(&entry.value)
        );
        out.report(file.at(&place(entry)), message)
            .severity(Severity::Info)
            .help("Write the value as text between quotes.");
    }
}

/// Whether hosts read text there: a number or a yes or no counts as its spelling.
fn is_text(node: &Node) -> bool {
    !node.is_mapping() && !node.is_sequence()
}

fn is_list(node: &Node) -> bool {
    node.as_str().is_some()
        || node.is_sequence() && node.items().iter().all(|item| item.as_str().is_some())
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
