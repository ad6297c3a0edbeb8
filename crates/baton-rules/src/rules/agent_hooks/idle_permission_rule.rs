//! Rules of permissions are asked.

use baton_repo::File;

use crate::support::claude_settings::{format, parts, permissions};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let format = format();
    for (list, node, rule) in permissions(file) {
        let (tool, inside) = parts(rule);
        let mut say = |why: String, help: String| {
            out.report(file.at(node), why).help(help);
        };
        if rule.contains('(') != rule.ends_with(')') {
            say(
                format!("`{rule}` is no rule: its parentheses do not match"),
                "Write `Tool` or `Tool(what)`.".to_owned(),
            );
            continue;
        }
        let is_glob = tool.contains('*') && !is_anchored(tool);
        if list == "allow" && is_glob {
            say(
                format!("`{rule}` allows nothing: only tools of a named server take a `*`"),
                "Name each tool, or write `mcp__server__*`.".to_owned(),
            );
            continue;
        }
        let Some(inside) = inside else { continue };
        if let Some(other) = format
            .path_rules
            .get(tool)
            .filter(|_| !matches!(inside, "" | "*"))
        {
            say(
                format!("nobody asks `{rule}`: paths are compared with rules for `{other}`"),
                format!("Write `{other}({inside})`."),
            );
        } else if let Some(main) = format.main_parameters.get(tool)
            && inside
                .split_once(':')
                .is_some_and(|(name, _)| name.trim() == main)
        {
            say(
                format!("nobody asks `{rule}`: a rule cannot name `{main}`"),
                format!("Write `{tool}(…)` without `{main}:`."),
            );
        } else if tool == "Bash" && has_inner_suffix(inside) {
            say(
                format!("`{rule}` matches no command: `:*` is a wildcard at the end only"),
                "Write ` *` inside of a command.".to_owned(),
            );
        }
    }
}

/// Whether the name of a tool begins with a server, so that it may end in a wildcard.
fn is_anchored(tool: &str) -> bool {
    let server = tool
        .strip_prefix("mcp__")
        .and_then(|rest| rest.split_once("__"));
    server.is_some_and(|(server, _)| !server.contains('*'))
}

/// Whether `:*` stands before something else.
fn has_inner_suffix(inside: &str) -> bool {
    let body = inside.strip_suffix(":*").unwrap_or(inside);
    body.contains(":* ")
}
