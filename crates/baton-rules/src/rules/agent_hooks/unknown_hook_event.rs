//! Hooks of agents wait for events that happen.

use baton_repo::HookDialect;
use baton_source::{Applicability, Fix, Severity, nearest};

use crate::support::agent_hooks::{conventions, is_read_by_both, manifests};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let family = &conventions(ctx).events;
    for (file, manifest) in manifests(ctx) {
        let host = manifest.dialect.host();
        // The family writes for Visual Studio Code; what else is there, other hosts read.
        let own: &[String] = match manifest.dialect {
            HookDialect::VsCode => family,
            HookDialect::Claude | HookDialect::Copilot => &[],
        };
        let known = if own.is_empty() {
            host.events.as_slice()
        } else {
            own
        };
        for event in &manifest.events {
            let name = event.name.value.as_str();
            // Copilot reads the same folder, and each host passes over what the other has.
            let is_shared = own.is_empty() && is_read_by_both(manifest);
            let others = &HookDialect::Copilot.host().events;
            let others = others.iter().filter(|_| is_shared);
            if known.iter().chain(others).any(|known| known == name) {
                continue;
            }
            let at = baton_source::Location {
                file: file.id,
                span: Some(event.name.span),
            };
            let message = format!("{} knows no event `{name}`", host.host);
            let finding = out.report(at, message);
            if !own.is_empty() {
                finding.severity(Severity::Error);
            }
            let same = known.iter().find(|known| known.eq_ignore_ascii_case(name));
            let meant = same.map(String::as_str);
            let Some(meant) = meant.or_else(|| nearest(name, known.iter().map(String::as_str)))
            else {
                finding.help("Remove the hooks, or name the event they are for.");
                continue;
            };
            finding.help(format!("Did you mean `{meant}`?"));
            let written = event.name.span.of(file.text());
            finding.fix(Fix {
                title: format!("Write `{meant}`"),
                applicability: Applicability::Unsafe,
                edits: vec![file.edit(event.name.span, written.replace(name, meant))],
            });
        }
    }
}
