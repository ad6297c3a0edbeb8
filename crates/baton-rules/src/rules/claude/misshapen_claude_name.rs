//! Names of subagents are lower-case words with hyphens.

use baton_source::Severity;

use crate::support::hosts::Page;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(page) = Page::of(ctx, file) else {
        return;
    };
    let Some(entry) = page.held("name") else {
        return;
    };
    let Some(name) = entry.value.as_str() else {
        return;
    };
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let refused = name.starts_with('-') || name.contains(':');
    if !refused && name.chars().all(|letter| letter == '-' || is_plain(letter)) {
        return;
    }
    let message = if refused {
        format!("Claude Code ignores a subagent with the name `{name}`")
    } else {
        format!("`{name}` is not a name of lower-case letters and hyphens")
    };
    let found = out.report(file.at(&entry.value), message);
    found.help("Write lower-case letters, digits and hyphens, a letter first.");
    if refused {
        found.severity(Severity::Error);
    }
}
