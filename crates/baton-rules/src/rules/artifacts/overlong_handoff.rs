//! A handoff is short.

use baton_source::{Severity, Span};

use crate::support::artifacts::of_artifact;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let is_handoff = |name: &str| name == "00-handoff.md";
    if of_artifact(ctx, file).is_none_or(|contract| !is_handoff(&contract.kind.name)) {
        return;
    }
    let settings = &ctx.settings.artifacts;
    let (allowed, most) = (settings.handoff_lines, settings.handoff_most_lines);
    let text = file.text();
    let lines = text.lines().count();
    if lines <= allowed {
        return;
    }
    let start = file.lines().start_of(allowed).unwrap_or(0) as usize;
    let line = file.lines().line_text(text, allowed);
    let severity = if lines > most {
        Severity::Error
    } else {
        Severity::Warning
    };
    let message = format!("the handoff has {lines} lines, {allowed} are allowed");
    out.report(file.at(&Span::new(start, start + line.len())), message)
        .severity(severity)
        .help("Name files instead of repeating what they say.");
}
