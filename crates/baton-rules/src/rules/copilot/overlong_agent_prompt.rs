//! The text of a custom agent is not longer than GitHub takes.

use baton_source::{Severity, Span};

use crate::support::hosts::Page;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// The characters GitHub takes.
const MAX: usize = 30_000;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    // The family has limits of its own.
    if ctx.repo.layout().is("apex") {
        return;
    }
    let Some(page) = Page::of(ctx, file) else {
        return;
    };
    let max = ctx.settings.hosts.agent_characters.unwrap_or(MAX);
    let body = file.body();
    if body.len() <= max {
        return;
    }
    let text = body.of(file.text()).trim();
    let target = page.held("target").and_then(|entry| entry.value.as_str());
    let Some((over, _)) = body.of(file.text()).char_indices().nth(max) else {
        return;
    };
    let length = text.chars().count();
    if length <= max || target == Some("vscode") {
        return;
    }
    let message = format!("the text has {length} characters where {max} are taken");
    let found = out.report(file.at(&Span::at(body.start as usize + over)), message);
    found.help("Move what only some tasks need to skills or to files that the agent reads.");
    if target == Some("github-copilot") {
        found.severity(Severity::Error);
    }
}
