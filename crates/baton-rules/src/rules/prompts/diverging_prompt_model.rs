//! A prompt asks for the model of the agent it names.

use crate::support::prompting::{self, agent_of};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if ctx.repo.prompting().families.is_empty() {
        return;
    }
    let by_name = prompting::agents_by_name(ctx);
    for prompt in ctx.repo.prompts().iter().filter(|prompt| prompt.has_header) {
        let Some(agent) = agent_of(prompt, &by_name) else {
            continue;
        };
        let (Some(model), Some(own)) = (prompt.model.first(), agent.model.first()) else {
            continue;
        };
        if prompting::is_same_model(model, own) {
            continue;
        }
        let (Some(file), Some(agents_file)) =
            (ctx.repo.by_id(prompt.file), ctx.repo.by_id(agent.file))
        else {
            continue;
        };
        let message = format!(
            "the prompt asks for `{}`, its agent `{}` for `{}`",
            model.value,
            agent.called(),
            own.value
        );
        out.report(file.at(model), message)
            .label(agents_file.at(own), "the agent's model")
            .help("Remove `model`, so that the agent's own counts.");
    }
}
