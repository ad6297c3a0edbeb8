//! Agents that offer a review have something to review.

use crate::support::handoffs::{Verdict, Workflow, agents, called, dispatched, has};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(flow) = Workflow::of(ctx) else {
        return;
    };
    let producers = flow.producers();
    let produces = |name: &str| producers.contains(&name.to_lowercase());
    let mut places = Vec::new();
    for (agent, file) in flow.sources() {
        let targets = agent.handoffs.iter().filter_map(|it| it.agent.as_ref());
        let reviews = targets.filter(|to| flow.verdict(agent, &to.value) == Verdict::Review);
        places.extend(reviews.map(|to| (agent, file, to)));
    }
    for (agent, file) in agents(ctx.repo).filter(|(agent, _)| agent.name.is_some()) {
        let entries = dispatched(agent).filter(|entry| {
            has(&flow.conventions.reviewers, &entry.value)
                && called(ctx.repo, &entry.value).is_some()
        });
        places.extend(entries.map(|entry| (agent, file, entry)));
    }
    for (agent, file, place) in places {
        if produces(agent.called()) {
            continue;
        }
        let message = format!(
            "`{}` calls `{}` but produces nothing to review",
            agent.called(),
            place.value
        );
        let found = out.report(file.at(place), message);
        found.help("Leave reviews to agents that produce an artifact.");
        flow.weigh(found);
    }
}
