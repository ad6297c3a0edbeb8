//! Edits of files, whatever tool makes them: every path it names, and every file of a patch.

use serde_json::Value;

use super::arguments::protects;
use crate::call::{ToolCall, ToolClass};
use crate::policy::Policy;
use crate::protection;
use crate::verdict::Threat;

/// Keys whose text is written into a file and names none.
const TEXT_KEYS: [&str; 18] = [
    "content",
    "contents",
    "text",
    "oldString",
    "newString",
    "old_string",
    "new_string",
    "old_str",
    "new_str",
    "file_text",
    "explanation",
    "code",
    "insert_text",
    "new_source",
    "old_source",
    "description",
    "newCode",
    "prompt",
];
/// Nesting of arguments beyond this is not looked into.
const MAX_DEPTH: usize = 32;

/// What an edit names.
#[derive(Default)]
struct Edit {
    paths: Vec<String>,
    /// What it writes and replaces.
    texts: String,
    /// Whether it replaces a part, so that the rest of the file stays.
    replaces: bool,
}

/// What is said of the files a call may change.
pub(super) fn threats(call: &ToolCall, policy: &Policy) -> Vec<Threat> {
    let mut edit = Edit::default();
    collect(&call.arguments, "", 0, &mut edit);
    let texts = edit.replaces.then_some(edit.texts.as_str());
    let mut threats: Vec<Threat> = Vec::new();
    for path in &edit.paths {
        let found = if call.class == ToolClass::Edit {
            protection::edit(path, call.cwd.as_deref(), (policy, texts))
        } else {
            protects(path, policy)
        };
        threats.extend(found.or_else(|| super::device(path)));
    }
    threats
}

fn collect(value: &Value, key: &str, depth: usize, edit: &mut Edit) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::String(text) => string(text, key, edit),
        Value::Array(values) => {
            for value in values {
                collect(value, key, depth + 1, edit);
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                collect(value, key, depth + 1, edit);
            }
        }
        _ => {}
    }
}

fn string(text: &str, key: &str, edit: &mut Edit) {
    if matches!(
        key,
        "oldString" | "old_string" | "old_str" | "insert_line" | "old_source"
    ) {
        edit.replaces = true;
    }
    edit.paths.extend(patched(text));
    if TEXT_KEYS.contains(&key) {
        edit.texts.push_str(text);
        edit.texts.push('\n');
    } else if !text.contains('\n') {
        edit.paths.push(text.to_owned());
    } else {
        edit.texts.push_str(text);
    }
}

/// The files that a patch changes.
fn patched(text: &str) -> Vec<String> {
    const MARKS: [&str; 10] = [
        "*** Update File: ",
        "*** Add File: ",
        "*** Delete File: ",
        "*** Move to: ",
        "+++ b/",
        "--- a/",
        "+++ ",
        "--- ",
        "rename to ",
        "rename from ",
    ];
    if !text.contains("***") && !text.contains("+++") && !text.contains("rename ") {
        return Vec::new();
    }
    let named = |line: &str| {
        MARKS
            .iter()
            .find_map(|mark| line.strip_prefix(mark).map(str::to_owned))
    };
    text.lines()
        .filter_map(named)
        .map(|path| path.trim().to_owned())
        .collect()
}
