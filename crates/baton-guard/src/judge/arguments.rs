//! Arguments of tools: command lines, and texts of tools that nobody knows.

use serde_json::Value;

use super::{command_threats, edits};
use crate::call::ToolCall;
use crate::command::Shell;
use crate::policy::Policy;
use crate::protection;
use crate::rules;
use crate::verdict::{Decision, Threat};

/// Keys under which hosts hand over a command line.
const COMMAND_KEYS: [&str; 9] = [
    "command",
    "commands",
    "cmd",
    "script",
    "code",
    "input",
    "commandLine",
    "args",
    "query",
];
/// Keys of texts for people, or for files, which nothing runs.
const PROSE_KEYS: [&str; 16] = [
    "content",
    "contents",
    "file_text",
    "newString",
    "oldString",
    "new_string",
    "old_string",
    "explanation",
    "description",
    "prompt",
    "body",
    "message",
    "title",
    "question",
    "summary",
    "comment",
];
/// Nesting of arguments beyond this is not looked into.
const MAX_DEPTH: usize = 32;

/// What is said of a call that runs a command line.
pub(super) fn shell(call: &ToolCall, policy: &Policy) -> (Vec<Threat>, Option<String>) {
    let mut threats = Vec::new();
    let mut allowed = None;
    let mut found = false;
    for text in command_lines(&call.arguments) {
        found = true;
        let (entry, own) = in_any_shell(&call.name, &text, policy);
        threats.extend(own);
        allowed = allowed.or(entry);
    }
    if !found {
        return any(call, policy);
    }
    (threats, allowed)
}

/// The command lines among the arguments of a shell tool.
fn command_lines(arguments: &Value) -> Vec<String> {
    match arguments {
        Value::String(text) => vec![text.clone()],
        Value::Array(words) if words.iter().all(Value::is_string) => vec![quoted(words)],
        Value::Object(fields) => {
            let named = fields
                .iter()
                .filter(|(key, _)| COMMAND_KEYS.contains(&key.as_str()));
            let lines = named.flat_map(|(_, value)| command_lines(value));
            lines.collect()
        }
        _ => Vec::new(),
    }
}

/// Words as a line that means them.
fn quoted(words: &[Value]) -> String {
    let texts = words.iter().filter_map(Value::as_str);
    let quoted: Vec<String> = texts
        .map(|text| format!("'{}'", text.replace('\'', "'\\''")))
        .collect();
    quoted.join(" ")
}

/// Judges a line in the shell that the tool names, or in each that it may be meant for.
fn in_any_shell(tool: &str, text: &str, policy: &Policy) -> (Option<String>, Vec<Threat>) {
    let tool = tool.to_lowercase();
    if tool.contains("powershell") || tool.contains("pwsh") {
        return command_threats(text, Shell::PowerShell, policy);
    }
    let posix = command_threats(text, Shell::Posix, policy);
    if tool == "bash" || !looks_like_powershell(text) {
        return posix;
    }
    let (entry, threats) = command_threats(text, Shell::PowerShell, policy);
    let mut both = posix.1;
    // What a shell of the other kind cannot read says nothing.
    both.retain(|threat| threat.rule != "unreadable-command");
    both.extend(threats);
    (posix.0.or(entry), both)
}

/// Whether a line has the marks of `PowerShell`: `Verb-Noun`, `$env:`, `-ErrorAction` …
pub(crate) fn looks_like_powershell(text: &str) -> bool {
    let lower = text.to_lowercase();
    let marks = [
        "$env:",
        "-erroraction",
        "$_",
        "[system.",
        "::",
        "iex ",
        "| %",
        "$true",
        "-eq ",
    ];
    if marks.iter().any(|mark| lower.contains(mark)) {
        return true;
    }
    lower
        .split(|sign: char| sign.is_whitespace() || "|;({&".contains(sign))
        .any(|word| {
            let Some((verb, noun)) = word.split_once('-') else {
                return false;
            };
            let verbs = [
                "get",
                "set",
                "remove",
                "new",
                "invoke",
                "start",
                "stop",
                "clear",
                "add",
                "copy",
                "move",
                "out",
                "write",
                "select",
                "where",
                "foreach",
                "import",
                "export",
                "rename",
                "connect",
                "disconnect",
                "format",
                "test",
            ];
            verbs.contains(&verb) && !noun.is_empty() && noun.chars().all(char::is_alphanumeric)
        })
}

/// What is said of a tool that nobody knows: every text among its arguments may be a path that
/// is written, a command line, or SQL.
pub(super) fn any(call: &ToolCall, policy: &Policy) -> (Vec<Threat>, Option<String>) {
    let mut threats = edits::threats(call, policy);
    let mut allowed = None;
    let mut texts = Vec::new();
    collect(&call.arguments, "", 0, &mut texts);
    let judged = texts
        .iter()
        .filter(|(key, _)| !PROSE_KEYS.contains(&key.as_str()));
    for (key, text) in judged {
        let is_command = COMMAND_KEYS.contains(&key.as_str());
        let (entry, own) = text_threats(text, is_command, policy);
        threats.extend(own);
        allowed = allowed.or(entry);
    }
    threats.extend(operation(&call.name, &texts));
    (threats, allowed)
}

fn collect(value: &Value, key: &str, depth: usize, texts: &mut Vec<(String, String)>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::String(text) => texts.push((key.to_owned(), text.clone())),
        Value::Array(values) => {
            if values.len() > 1 && values.iter().all(Value::is_string) {
                texts.push((key.to_owned(), quoted(values)));
            }
            for value in values {
                collect(value, key, depth + 1, texts);
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                collect(value, key, depth + 1, texts);
            }
        }
        _ => {}
    }
}

/// What is said of a text of which nobody knows what it is for.
fn text_threats(text: &str, is_command: bool, policy: &Policy) -> (Option<String>, Vec<Threat>) {
    let mut threats = Vec::new();
    if rules::looks_like_sql(text) {
        let leaf = crate::leaf::Leaf {
            argv: vec![
                crate::leaf::Arg::plain("sql"),
                crate::leaf::Arg::plain(text),
            ],
            ..crate::leaf::Leaf::default()
        };
        threats.extend(rules::threats(&leaf, policy));
    }
    let (entry, mut own) = in_any_shell("", text, policy);
    if !is_command {
        // Prose is no command line: only what is surely one counts, not what cannot be read.
        own.retain(|threat| threat.decision == Decision::Deny && threat.category != "unresolved");
    }
    threats.extend(own);
    (entry, threats)
}

/// Tools whose own name says that they destroy something.
fn operation(name: &str, texts: &[(String, String)]) -> Option<Threat> {
    let words: Vec<String> = name
        .split(|sign: char| !sign.is_alphanumeric())
        .flat_map(split_case)
        .collect();
    let destroys = |word: &str| {
        matches!(
            word,
            "delete" | "destroy" | "drop" | "purge" | "wipe" | "truncate" | "terminate" | "remove"
        )
    };
    let verb = |text: &str| destroys(text.to_lowercase().as_str());
    let asked = texts.iter().any(|(key, text)| {
        matches!(
            key.as_str(),
            "method" | "operation" | "action" | "verb" | "httpMethod"
        ) && verb(text)
    });
    if words.iter().any(|word| destroys(word)) || asked {
        return rules::named("destructive-tool", name);
    }
    None
}

/// `deleteResourceGroup` is three words.
fn split_case(word: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for sign in word.chars() {
        if sign.is_uppercase() || words.is_empty() {
            words.push(String::new());
        }
        if let Some(last) = words.last_mut() {
            last.extend(sign.to_lowercase());
        }
    }
    words
}

/// Whether a text names a file that is protected.
pub(super) fn protects(text: &str, policy: &Policy) -> Option<Threat> {
    let is_path = !text.contains(['\n', ' ']) || text.starts_with(['/', '.', '~']);
    (is_path && text.len() < 1024)
        .then(|| protection::of(text, None, policy))
        .flatten()
}
