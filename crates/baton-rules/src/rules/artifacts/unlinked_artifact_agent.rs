//! An agent that writes an artifact knows its template.

use crate::support::artifacts::contracts;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const SKILLS: [&str; 2] = ["azure-artifacts", "azure-defaults"];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let text = file.text();
    if SKILLS.iter().any(|skill| text.contains(skill)) {
        return;
    }
    for contract in contracts(ctx) {
        let kind = &contract.kind;
        let Some(template) = kind.template.as_deref() else {
            continue;
        };
        let is_writer = kind.agent.as_deref() == Some(file.path.name());
        if is_writer && !text.contains(template) {
            let message = format!(
                "the agent writes `{}` but does not name its template",
                kind.name
            );
            out.report(file.whole(), message)
                .help("Tell the agent to read the skill `azure-artifacts`.");
        }
    }
}
