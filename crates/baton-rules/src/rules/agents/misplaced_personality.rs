//! Only agents that talk with people have a personality.

use baton_repo::Agent;
use baton_source::Span;

use crate::support::agents;
use crate::support::prompting::{self, is_heading, lines};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(skeleton) = &ctx.repo.prompting().outcome_first else {
        return;
    };
    if agents::is_subagent(ctx, file) {
        return;
    }
    let Some(model) = prompting::one_of(ctx, file, &skeleton.families) else {
        return;
    };
    let agent = Agent::read(file, false);
    let name = agent.name.as_ref().map_or("", |name| name.value.as_str());
    let is_invocable = agent.user_invocable.and_then(|flag| flag.value) == Some(true);
    if is_invocable && name.to_lowercase().contains(&skeleton.personality_for) {
        return;
    }
    let mut lines = lines(agent.body.of(file.text()));
    let Some((start, line)) = lines.find(|(_, line)| is_heading(line, &skeleton.personality))
    else {
        return;
    };
    let at = Span::new(start, start + line.len()).shifted(agent.body.start as usize);
    let message = format!(
        "`{}` works for other agents and has a personality",
        agent.called()
    );
    let found = out.report(file.at(&at), message);
    found.help("Remove the section: nobody talks with this agent.");
    prompting::lower(found, model.family);
}
