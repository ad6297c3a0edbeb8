//! Agents that handoffs lead to exist.

use baton_repo::Agent;
use baton_source::{Severity, nearest};

use crate::support::handoffs::{agents, called, has};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    let built_in = &repo.agent_conventions().built_in_agents;
    let pseudo = repo.graph().map_or(&[][..], |graph| &graph.pseudo_targets);
    let is_given = |name: &str| {
        let mut pseudo = pseudo.iter();
        // Editors have had this one since there are handoffs.
        name.eq_ignore_ascii_case("agent")
            || has(built_in, name)
            || pseudo.any(|target| target.value.eq_ignore_ascii_case(name))
    };
    for (agent, file) in agents(repo) {
        for target in agent.handoffs.iter().filter_map(|it| it.agent.as_ref()) {
            let name = target.value.as_str();
            if is_given(name) || called(repo, name).is_some() {
                continue;
            }
            let found = out.report(file.at(target), format!("there is no agent `{name}`"));
            if !repo.handoff_conventions().whole_roster {
                found.severity(Severity::Warning);
            }
            let meant = repo.agent_named(name).map(Agent::called);
            match meant.or_else(|| nearest(name, repo.agents().iter().map(Agent::called))) {
                Some(meant) => found.help(format!("Write `{meant}`, if that is what you mean.")),
                None => found.help("Remove the handoff, or add the agent."),
            };
        }
    }
}
