//! An agent offers few handoffs to itself.

use crate::support::handoffs::{Workflow, agents};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(flow) = Workflow::of(ctx) else {
        return;
    };
    let Some(most) = flow.conventions.most_to_self else {
        return;
    };
    for (agent, file) in agents(ctx.repo).filter(|(agent, _)| agent.name.is_some()) {
        let targets = agent.handoffs.iter().filter_map(|it| it.agent.as_ref());
        let own: Vec<_> = targets
            .filter(|to| to.value.eq_ignore_ascii_case(agent.called()))
            .collect();
        let Some(first_too_many) = own.get(most) else {
            continue;
        };
        let message = format!(
            "`{}` offers {} handoffs to itself, more than {most}",
            agent.called(),
            own.len()
        );
        let found = out.report(file.at(*first_too_many), message);
        found.help("Merge handoffs, or ask in the prompt what to refine.");
        flow.weigh(found);
    }
}
