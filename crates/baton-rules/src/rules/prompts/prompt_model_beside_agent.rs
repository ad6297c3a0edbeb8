//! A prompt that names an agent of the repository leaves the model to it.

use baton_source::{Applicability, Fix};

use crate::support::prompting::{self, agent_of};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if !ctx.repo.prompting().prompt_model_source {
        return;
    }
    let by_name = prompting::agents_by_name(ctx);
    for prompt in ctx.repo.prompts().iter().filter(|prompt| prompt.has_header) {
        let (Some(key), Some(agent)) = (prompt.model_key, agent_of(prompt, &by_name)) else {
            continue;
        };
        let (Some(file), Some(agents_file)) =
            (ctx.repo.by_id(prompt.file), ctx.repo.by_id(agent.file))
        else {
            continue;
        };
        let message = format!(
            "`model` stands beside the agent `{}`, which has its own",
            agent.called()
        );
        let found = out.report(file.at(&key), message).help("Remove `model`.");
        let Some(own) = agent.model.first() else {
            continue;
        };
        found.label(agents_file.at(own), "the agent's model");
        let [model] = prompt.model.as_slice() else {
            continue;
        };
        if let Some(line) = prompting::model_line(file, model.span) {
            let is_same = prompting::is_same_model(model, own);
            found.fix(Fix {
                title: "Remove `model`".to_owned(),
                applicability: if is_same {
                    Applicability::Safe
                } else {
                    Applicability::Unsafe
                },
                edits: vec![file.edit(line, "")],
            });
        }
    }
}
