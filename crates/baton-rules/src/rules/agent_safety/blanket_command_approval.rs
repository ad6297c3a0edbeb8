//! Agents may not run just any command unasked.

use baton_source::{Location, Severity};
use baton_syntax::node::Node;

use crate::support::agent_safety::editor_settings;
use crate::support::claude_settings::{parts, permissions};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("claude-settings") {
        for (list, node, rule) in permissions(file) {
            let (tool, inside) = parts(rule);
            let is_shell = matches!(tool, "Bash" | "PowerShell");
            let is_all =
                inside.is_none_or(|inside| matches!(inside.trim(), "" | "*" | ":*" | "**"));
            if list == "allow" && is_shell && is_all {
                report(file.at(node), rule, out);
            }
        }
    }
    for (file, settings) in editor_settings(ctx) {
        let rules = settings.get("chat.tools.terminal.autoApprove");
        for entry in rules.map_or(&[][..], Node::entries) {
            if is_allowed(&entry.value) && is_anything(&entry.key) {
                report(file.at(entry), &entry.key, out);
            }
        }
    }
}

fn report(at: Location, rule: &str, out: &mut Findings) {
    out.report(at, format!("`{rule}` lets agents run any command unasked"))
        .severity(Severity::Warning)
        .help("Allow the commands that are needed, one by one.");
}

/// Whether a rule of the terminal approves.
fn is_allowed(value: &Node) -> bool {
    value.as_bool() == Some(true) || value.get("approve").and_then(Node::as_bool) == Some(true)
}

/// Whether a pattern of the terminal matches every command.
fn is_anything(pattern: &str) -> bool {
    let Some(inner) = pattern.strip_prefix('/') else {
        return false;
    };
    let inner = inner.rsplit_once('/').map_or("", |(inner, _)| inner);
    let inner = inner.trim_start_matches('^').trim_end_matches('$');
    matches!(
        inner,
        ".*" | ".+" | "(.*)" | "(.+)" | "[\\s\\S]*" | "[\\s\\S]+" | "." | ""
    )
}
