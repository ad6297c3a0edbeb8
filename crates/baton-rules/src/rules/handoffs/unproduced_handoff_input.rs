//! Artifacts that handoffs give to the next agent are produced by some step.

use crate::support::handoff_artifacts::{Role, fits, mentions};
use crate::support::handoffs::Workflow;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(flow) = Workflow::of(ctx) else {
        return;
    };
    let nodes = flow.graph.nodes.iter();
    let produced: Vec<_> = nodes.filter_map(|node| node.produces.as_ref()).collect();
    for (agent, file) in flow.sources() {
        for prompt in agent.handoffs.iter().filter_map(|it| it.prompt.as_ref()) {
            let found = mentions(&flow.conventions.artifact_prefix, prompt, file.text());
            let is_produced = |name: &str| produced.iter().any(|list| fits(list, name));
            let inputs = found.iter().filter(|it| it.role == Role::Input);
            for found in inputs.filter(|it| !is_produced(&it.name)) {
                let message = format!("no step of the workflow produces `{}`", found.name);
                let found = out.report(file.at(&found.span), message);
                found.help("Correct the name, or add the artifact to `produces` of its step.");
                flow.weigh(found);
            }
        }
    }
}
