//! Files for hosts say something.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Kinds of file without front matter of their own.
const PLAIN: [&str; 4] = [
    "copilot-instructions",
    "claude-memory",
    "agents-file",
    "cursor-legacy-rules",
];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let plain = PLAIN.iter().any(|kind| ctx.repo.is_kind(file, kind));
    if !plain && ctx.repo.host_document(file).is_none() {
        return;
    }
    if file.problem().is_some() || !file.body().of(file.text()).trim().is_empty() {
        return;
    }
    // An agent without front matter is a finding of the rules about agents already.
    let agent = ctx.repo.is_kind(file, "agent") || ctx.repo.is_kind(file, "subagent");
    if agent && ctx.repo.agent_conventions().front_matter_required {
        return;
    }
    let message = match file.front_matter_block() {
        Some(_) => "nothing follows the front matter",
        None => "the file is empty",
    };
    out.report(file.whole(), message)
        .help("Write what the agent is to do, or remove the file.");
}
