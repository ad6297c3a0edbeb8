//! Servers that are called say how, where the host takes every other for a program to start.

use baton_repo::File;
use baton_source::{Applicability, Fix, Span};
use baton_syntax::node::Entry;

use crate::support::mcp::servers;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    // Cursor and Copilot tell by the address; only the file that Claude Code reads is judged.
    if file.path.name() != ".mcp.json" {
        return;
    }
    for server in servers(ctx, file) {
        let lacks = |key: &str| server.value.get(key).is_none();
        let Some(url) = server.value.entry("url") else {
            continue;
        };
        if !lacks("type") || !lacks("command") {
            continue;
        }
        let address = url.value.as_str().unwrap_or("");
        let transport = transport(address);
        let message = format!(
            "`{}` has a `url` and no `type`, so Claude Code takes it for a program and skips it",
            server.key
        );
        out.report(file.at(server), message)
            .help(format!("Add `\"type\": \"{transport}\"`."))
            .fix(Fix {
                title: format!("Add `\"type\": \"{transport}\"`"),
                applicability: Applicability::Unsafe,
                edits: vec![file.edit(before(url), added(file, url, transport))],
            });
    }
}

/// How a server is most likely called, as its address tells.
fn transport(address: &str) -> &'static str {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    if path.starts_with("ws://") || path.starts_with("wss://") {
        "ws"
    } else if path.trim_end_matches('/').ends_with("/sse") {
        "sse"
    } else {
        "http"
    }
}

/// The place right before a key.
fn before(entry: &Entry) -> Span {
    let start = entry.key_span.start;
    Span { start, end: start }
}

/// The new key, on a line of its own where the next one has a line of its own.
fn added(file: &File, next: &Entry, transport: &str) -> String {
    let text = Span::new(0, next.key_span.start as usize).of(file.text());
    let line = text.rsplit('\n').next().unwrap_or("");
    let space = if line.trim().is_empty() && text.contains('\n') {
        let ending = if text.ends_with(&format!("\r\n{line}")) {
            "\r\n"
        } else {
            "\n"
        };
        format!("{ending}{line}")
    } else {
        " ".to_owned()
    };
    format!("\"type\": \"{transport}\",{space}")
}
