//! Agents that answer in one go are not told to look around first.

use baton_repo::Agent;
use baton_source::Span;

use crate::support::prompting;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(research) = &ctx.repo.prompting().research else {
        return;
    };
    let Some(model) = prompting::made_by(ctx, file, &research.vendor) else {
        return;
    };
    let agent = Agent::read(file, false);
    let Some(name) = agent
        .name
        .filter(|name| research.one_shot.contains(&name.value))
    else {
        return;
    };
    let Some(start) = agent.body.of(file.text()).find(&research.text) else {
        return;
    };
    let at = Span::new(start, start + research.text.len()).shifted(agent.body.start as usize);
    let message = format!(
        "`{}` answers in one go, and holds `{}`",
        name.value, research.text
    );
    let found = out.report(file.at(&at), message);
    found.help("Remove the block: what the agent needs is in its prompt.");
    prompting::lower(found, model.family);
}
