//! Handoffs do not repeat the model of the agent they lead to.

use baton_source::{Applicability, Fix};

use crate::support::prompting;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if ctx.repo.prompting().families.is_empty() {
        return;
    }
    let by_name = prompting::agents_by_name(ctx);
    for agent in ctx.repo.agents() {
        let Some(file) = ctx.repo.by_id(agent.file) else {
            continue;
        };
        for handoff in &agent.handoffs {
            let (Some(model), Some(name)) = (&handoff.model, &handoff.agent) else {
                continue;
            };
            let Some(target) = by_name.get(&name.value.to_lowercase()) else {
                continue;
            };
            let own = target.model.first();
            let Some(own) = own.filter(|own| prompting::is_same_model(own, model)) else {
                continue;
            };
            let message = format!("the handoff repeats the model of `{}`", name.value);
            let found = out
                .report(file.at(model), message)
                .help("Remove `model`: the agent brings its own along.");
            if let Some(target) = ctx.repo.by_id(target.file) {
                found.label(target.at(own), "it stands here");
            }
            if let Some(line) = prompting::model_line(file, model.span) {
                found.fix(Fix {
                    title: "Remove `model`".to_owned(),
                    applicability: Applicability::Safe,
                    edits: vec![file.edit(line, "")],
                });
            }
        }
    }
}
