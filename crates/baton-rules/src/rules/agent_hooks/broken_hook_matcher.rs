//! Matchers of hooks that are patterns can be read.

use baton_repo::HookDialect;
use baton_source::Location;
use regex::Regex;

use crate::support::agent_hooks::manifests;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for (file, manifest) in manifests(ctx) {
        // Visual Studio Code ignores matchers.
        if manifest.dialect == HookDialect::VsCode {
            continue;
        }
        let groups = manifest.events.iter().flat_map(|event| &event.groups);
        for matcher in groups.filter_map(|group| group.matcher.as_ref()) {
            let Some(why) = fault(&matcher.value) else {
                continue;
            };
            let at = Location {
                file: file.id,
                span: Some(matcher.span),
            };
            out.report(
                at,
                format!("the pattern `{}` cannot be read: {why}", matcher.value),
            )
            .help("Correct the regular expression, or name the tools with `|` between them.");
        }
    }
}

/// What is wrong with a pattern; nothing is said about what only JavaScript has.
fn fault(matcher: &str) -> Option<&'static str> {
    let is_word = |sign: char| sign.is_ascii_alphanumeric() || "_- ,|".contains(sign);
    if matches!(matcher, "" | "*" | "**") || matcher.chars().all(is_word) {
        return None;
    }
    let differs = ["(?", "\\", "{", "[^", "&&", "--", "~~"];
    if differs.iter().any(|part| matcher.contains(part)) {
        return None;
    }
    let error = Regex::new(matcher).err()?.to_string();
    let known = [
        ("unclosed group", "a group is not closed"),
        ("unopened group", "a group is closed that was not opened"),
        (
            "unclosed character class",
            "a set of characters is not closed",
        ),
        ("repetition operator missing", "there is nothing to repeat"),
    ];
    let mut known = known.iter();
    known
        .find(|(said, _)| error.contains(said))
        .map(|(_, why)| *why)
}
