//! Artifacts that handoffs ask for are produced by the step they lead to.

use crate::support::handoff_artifacts::{Role, documents, fits, mentions};
use crate::support::handoffs::Workflow;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(flow) = Workflow::of(ctx) else {
        return;
    };
    let node = |agent: &str| flow.step(agent).and_then(|step| flow.graph.node(step));
    for (agent, file) in flow.sources() {
        for handoff in &agent.handoffs {
            let (Some(target), Some(prompt)) = (&handoff.agent, &handoff.prompt) else {
                continue;
            };
            let target = node(&target.value).filter(|node| documents(node).next().is_some());
            let Some(node) = target.or_else(|| node(agent.called())) else {
                continue;
            };
            let produces = node.produces.as_deref().unwrap_or(&[]);
            let found = mentions(&flow.conventions.artifact_prefix, prompt, file.text());
            let outputs = found.iter().filter(|it| it.role == Role::Output);
            for found in outputs.filter(|it| !fits(produces, &it.name)) {
                let message = format!("`{}` does not produce `{}`", node.id.value, found.name);
                let found = out.report(file.at(&found.span), message);
                found.label(flow.file.at(node), "the step that is to write it");
                found.help("Correct the name, or add the artifact to `produces` of the step.");
                flow.weigh(found);
            }
        }
    }
}
