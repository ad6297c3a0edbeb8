//! Servers of custom agents get only the secrets that GitHub hands out to servers.

use std::sync::LazyLock;

use baton_source::Span;
use regex::Regex;

use crate::support::agent_text::pattern;
use crate::support::mcp::texts;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// How the names of secrets and variables begin that servers get.
const PREFIX: &str = "COPILOT_MCP_";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if ctx.repo.is_kind(file, "test-data") {
        return;
    }
    let front = file.front_matter();
    let Some(root) = front.root.as_ref().filter(|_| front.errors.is_empty()) else {
        return;
    };
    let Some(servers) = root.get("mcp-servers") else {
        return;
    };
    let mut found = Vec::new();
    texts(servers, &mut found);
    for node in found {
        let source = node.span.of(file.text());
        for part in REFERENCE.captures_iter(source) {
            let Some(name) = part
                .get(1)
                .filter(|name| !name.as_str().starts_with(PREFIX))
            else {
                continue;
            };
            let at = Span::new(name.start(), name.end()).shifted(node.span.start as usize);
            let message = format!("GitHub hands no `{}` to servers of agents", name.as_str());
            out.report(file.at(&at), message).help(format!(
                "Call it `{PREFIX}{}`, here and where it is kept.",
                name.as_str()
            ));
        }
    }
}

/// A secret or a variable that GitHub puts in.
static REFERENCE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\$\{\{\s*(?:secrets|vars)\.([A-Za-z0-9_]+)\s*\}\}"));
