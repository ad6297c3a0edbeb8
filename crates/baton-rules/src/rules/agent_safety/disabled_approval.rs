//! Agents ask before they act.

use baton_repo::File;
use baton_syntax::node::Node;

use crate::support::agent_safety::editor_settings;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

/// Settings of the editor that leave no question.
const EDITOR: [&str; 3] = [
    "chat.tools.global.autoApprove",
    "chat.tools.autoApprove",
    "github.copilot.chat.claudeAgent.allowDangerouslySkipPermissions",
];

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for (file, settings) in editor_settings(ctx) {
        for name in EDITOR {
            let entry = settings.entry(name);
            if let Some(entry) = entry.filter(|entry| entry.value.as_bool() == Some(true)) {
                let message = format!("`{name}` lets agents do anything unasked");
                out.report(file.at(entry), message)
                    .help("Remove it, and allow single tools or commands.");
            }
        }
        let level = settings.entry("chat.permissions.default");
        let Some(entry) = level else { continue };
        if let Some(level @ ("autoApprove" | "autopilot")) = entry.value.as_str() {
            let message = format!("sessions start with `{level}`, so agents do anything unasked");
            out.report(file.at(entry), message)
                .help("Write `default`, and allow single tools or commands.");
        }
    }
    for file in ctx.repo.of_kind("claude-settings") {
        let Some(root) = file.node() else { continue };
        if let Some(mode) = root.pointer("/permissions/defaultMode") {
            bypass(file, mode, out);
        }
        let all = root.entry("enableAllProjectMcpServers");
        if let Some(entry) = all.filter(|entry| entry.value.as_bool() == Some(true)) {
            out.report(
                file.at(entry),
                "whoever edits `.mcp.json` has servers started unasked",
            )
            .help("Name the servers in `enabledMcpjsonServers`.");
        }
    }
    for file in ctx.repo.of_kind("claude-agent") {
        let root = file.front_matter().root.as_ref();
        if let Some(mode) = root.and_then(|root| root.get("permissionMode")) {
            bypass(file, mode, out);
        }
    }
}

fn bypass(file: &File, mode: &Node, out: &mut Findings) {
    if mode.as_str() == Some("bypassPermissions") {
        out.report(
            file.at(mode),
            "`bypassPermissions` lets agents do anything unasked",
        )
        .help("Write `acceptEdits`, and allow single commands.");
    }
}
