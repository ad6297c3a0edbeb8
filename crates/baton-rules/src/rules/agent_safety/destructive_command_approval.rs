//! Agents ask before they run what cannot be undone.

use baton_repo::agent_hooks::calls;
use baton_syntax::node::Node;

use crate::support::agent_safety::editor_settings;
use crate::support::claude_settings::{parts, permissions};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("claude-settings") {
        for (list, node, rule) in permissions(file) {
            let ("Bash", Some(inside)) = parts(rule) else {
                continue;
            };
            let command = inside.strip_suffix(":*").unwrap_or(inside);
            if let Some(why) = (list == "allow").then(|| harm(command)).flatten() {
                out.report(file.at(node), format!("`{rule}` lets agents {why} unasked"))
                    .help("Move it to `ask`, or allow the exact command that is needed.");
            }
        }
    }
    for (file, settings) in editor_settings(ctx) {
        let rules = settings.get("chat.tools.terminal.autoApprove");
        for entry in rules.map_or(&[][..], Node::entries) {
            let value = &entry.value;
            let is_allowed = value.as_bool() == Some(true)
                || value.get("approve").and_then(Node::as_bool) == Some(true);
            let is_pattern = entry.key.starts_with('/');
            let harm = (is_allowed && !is_pattern).then(|| harm(&entry.key));
            if let Some(why) = harm.flatten() {
                let message = format!("`{}` lets agents {why} unasked", entry.key);
                out.report(file.at(entry), message)
                    .help("Write `false`, or allow the exact command that is needed.");
            }
        }
    }
}

/// What a command does that cannot be undone, if it is open what it is done to.
fn harm(command: &str) -> Option<&'static str> {
    let command = command.trim().trim_end_matches('*').trim_end();
    let read = calls(command);
    let words: Vec<&str> = read
        .first()?
        .words
        .iter()
        .map_while(Option::as_deref)
        .collect();
    let (program, rest) = words.split_first()?;
    // A target that is named is a decision somebody took.
    let mut operands = rest
        .iter()
        .filter(|word| !word.starts_with('-') && **word != "/");
    let is_open = operands.next().is_none();
    let has = |word: &str| rest.contains(&word);
    match *program {
        "rm" | "rmdir" | "shred" | "unlink" if is_open => Some("delete any file"),
        "sudo" | "doas" | "su" if is_open => Some("act as the administrator"),
        "dd" | "mkfs" | "fdisk" | "parted" => Some("overwrite disks"),
        "eval" if is_open => Some("run any command"),
        "bash" | "sh" | "zsh" if rest.is_empty() || has("-c") && is_open => Some("run any command"),
        "git" if has("push") && (has("--force") || has("-f")) => {
            Some("overwrite published history")
        }
        "git" if has("reset") && has("--hard") => Some("throw away work"),
        "git" if has("clean") && rest.iter().any(|word| word.starts_with("-f")) => {
            Some("throw away work")
        }
        "terraform" if has("destroy") => Some("destroy infrastructure"),
        "terraform" if has("apply") && has("-auto-approve") => Some("change infrastructure"),
        "az" if has("group") && has("delete") => Some("delete resources"),
        "kubectl" if has("delete") && rest.len() == 1 => Some("delete resources"),
        _ => None,
    }
}
