//! Handoffs stay on their track.

use crate::support::handoffs::{Verdict, Workflow};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(flow) = Workflow::of(ctx) else {
        return;
    };
    for (agent, file) in flow.sources() {
        for target in agent.handoffs.iter().filter_map(|it| it.agent.as_ref()) {
            let Verdict::OtherTrack(from, to) = flow.verdict(agent, &target.value) else {
                continue;
            };
            let (source, id) = (flow.graph.id(from), flow.graph.id(to));
            let message = format!("`{source}` hands over to `{id}` of another track");
            let found = out.report(file.at(target), message);
            found.help("Hand over to the agent of the same track.");
            if let Some(node) = flow.graph.node(to) {
                found.label(flow.file.at(node), "the step it leads to");
            }
            flow.weigh(found);
        }
    }
}
