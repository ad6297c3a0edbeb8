//! Matchers of hooks match something, and are asked.

use baton_repo::agent_hooks::HookEvent;
use baton_repo::{File, HookDialect};
use baton_source::{Location, nearest};

use crate::support::agent_hooks::manifests;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let claude = manifests(ctx).filter(|(_, one)| one.dialect == HookDialect::Claude);
    for (file, manifest) in claude {
        for event in &manifest.events {
            judge_event(file, event, out);
        }
    }
}

fn judge_event(file: &File, event: &HookEvent, out: &mut Findings) {
    let host = HookDialect::Claude.host();
    let is_of = |events: &[String]| events.contains(&event.name.value);
    for matcher in event
        .groups
        .iter()
        .filter_map(|group| group.matcher.as_ref())
    {
        let text = matcher.value.trim();
        let at = Location {
            file: file.id,
            span: Some(matcher.span),
        };
        if is_of(&host.unmatched_events) && !matches!(text, "" | "*" | ".*") {
            let message = format!("nobody asks the matcher of `{}`", event.name.value);
            out.report(at, message)
                .help("Remove it: the hooks run at every such event.");
        } else if is_of(&host.tool_events) {
            judge(at, (text, &host.tools), out);
        }
    }
}

/// Reports what no tool is called.
fn judge(at: Location, (matcher, tools): (&str, &[String]), out: &mut Findings) {
    let tool = matcher.split_once('(').map(|(tool, _)| tool);
    if let Some(tool) = tool.filter(|_| matcher.ends_with(')'))
        && tools.iter().any(|known| known == tool)
    {
        out.report(at, format!("no tool is called `{matcher}`"))
            .help(format!("Write `{tool}`, and the rest as the hook's `if`."));
        return;
    }
    let is_word = |sign: char| sign.is_ascii_alphanumeric() || "_- ,|".contains(sign);
    if !matcher.chars().all(is_word) {
        return;
    }
    for name in matcher.split(['|', ',']).map(str::trim) {
        let mut known = tools.iter();
        if name.is_empty() || name.contains('_') || known.any(|known| known == name) {
            continue;
        }
        let tools = || tools.iter().map(String::as_str);
        let same = tools().find(|known| known.eq_ignore_ascii_case(name));
        let near = || nearest(name, tools()).filter(|_| name.len() > 4);
        if let Some(meant) = same.or_else(near) {
            out.report(at, format!("no tool is called `{name}`"))
                .help(format!("Did you mean `{meant}`?"));
        }
    }
}
