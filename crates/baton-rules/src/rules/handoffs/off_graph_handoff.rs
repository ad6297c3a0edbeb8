//! Handoffs lead where the workflow leads.

use crate::support::handoffs::{Verdict, Workflow};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(flow) = Workflow::of(ctx) else {
        return;
    };
    for (agent, file) in flow.sources() {
        let name = agent.called();
        for target in agent.handoffs.iter().filter_map(|it| it.agent.as_ref()) {
            let to = target.value.as_str();
            let (message, step) = match flow.verdict(agent, to) {
                Verdict::NoSource => (
                    format!("`{name}` hands over to `{to}` but is no step of the workflow"),
                    None,
                ),
                Verdict::NoTarget => (format!("`{to}` is no step of the workflow"), None),
                Verdict::NoWay(from, to) => {
                    let (from, id) = (flow.graph.id(from), flow.graph.id(to));
                    let message = format!("the workflow has no way from `{from}` to `{id}`");
                    (message, flow.graph.node(to))
                }
                Verdict::Fine | Verdict::Review | Verdict::OtherTrack(..) => continue,
            };
            let found = out.report(file.at(target), message);
            found.help("Hand over to a step that follows, to one that the graph returns to, or to the orchestrator.");
            if let Some(node) = step {
                found.label(flow.file.at(node), "the step it leads to");
            }
            flow.weigh(found);
        }
    }
}
