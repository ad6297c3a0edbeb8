//! Scripts of hooks say who reads them.

use std::collections::BTreeSet;

use baton_repo::agent_hooks::Run;
use baton_source::{Severity, Span};

use crate::support::agent_hooks::{conventions, ends_in, scripts};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let own = conventions(ctx).shebang.as_deref();
    let mut seen = BTreeSet::new();
    for used in scripts(ctx) {
        let Some(script) = used.text(ctx) else {
            continue;
        };
        let is_direct = used.script.run == Run::Directly;
        let is_shell = ends_in(script.path.as_str(), "sh");
        let has_ending = [".cmd", ".bat", ".ps1", ".exe"];
        let is_windows = has_ending
            .iter()
            .any(|ending| script.path.as_str().ends_with(ending));
        let wanted = own.filter(|_| is_shell);
        if wanted.is_none() && (!is_direct || is_windows) {
            continue;
        }
        let wanted = wanted.unwrap_or("#!");
        if script.text().starts_with(wanted) || !seen.insert(script.id) {
            continue;
        }
        let end = script.text().find('\n').unwrap_or(script.text().len());
        let finding = out.report(
            script.at(&Line(Span::new(0, end))),
            format!("the script of a hook does not begin with `{wanted}`"),
        );
        finding.label(used.file.at(used.command), "the hook that runs it");
        if own.is_some() {
            finding
                .severity(Severity::Error)
                .help("Make it the first line.");
        } else {
            finding.help("Name the program that reads the script in its first line.");
        }
    }
}

/// A line.
struct Line(Span);

impl baton_source::Spanned for Line {
    fn span(&self) -> Span {
        self.0
    }
}
