//! The files and agents that a registry names exist.

use baton_repo::registry::{Names, RegistryEntry};
use baton_repo::{Agent, File, Text};
use baton_source::{Applicability, Diagnostic, Fix, nearest};

use crate::support::models::{agent_of, entries};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for (file, entry) in entries(ctx.repo) {
        if let Some(agent) = &entry.agent
            && agent_of(ctx.repo, entry).is_none()
        {
            unknown_agent(ctx, (file, entry), agent, out);
        }
    }
    for registry in ctx.repo.registries() {
        let Some(file) = ctx.repo.by_id(registry.file) else {
            continue;
        };
        let paths = registry.prompts.iter();
        for path in paths.filter_map(|prompt| prompt.prompt.as_ref()) {
            if ctx.repo.file(&path.value).is_none() {
                let message = format!("there is no prompt at `{}`", path.value);
                out.report(file.at(path), message)
                    .help("Write the path of a prompt file, seen from the repository's root.");
            }
        }
    }
}

fn unknown_agent(
    ctx: &Ctx<'_>,
    (file, entry): (&File, &RegistryEntry),
    agent: &Text,
    out: &mut Findings,
) {
    let agents = ctx.repo.agents().iter();
    let named = agent.value.as_str();
    let (message, meant) = if entry.names == Names::Name {
        let message = format!("there is no agent `{named}`");
        (message, nearest(named, agents.map(Agent::called)))
    } else {
        // Folders are long and alike: what is meant shows in the name of the file.
        let name = named.rsplit('/').next().unwrap_or(named);
        let near = nearest(name, agents.clone().map(|agent| agent.path.name()));
        let mut paths = agents.map(|agent| &agent.path);
        let meant = paths.find(|path| Some(path.name()) == near);
        let message = format!("there is no agent file at `{named}`");
        (message, meant.map(baton_source::RepoPath::as_str))
    };
    let finding = out.report(file.at(agent), message);
    match meant {
        Some(meant) => replace(finding, (file, agent), meant),
        None => {
            finding.help("Remove the entry, or add the agent.");
        }
    }
}

fn replace(finding: &mut Diagnostic, (file, text): (&File, &Text), meant: &str) {
    finding.help(format!("Write `{meant}`, if that is what you mean."));
    finding.fix(Fix {
        title: format!("Replace with `{meant}`"),
        applicability: Applicability::Unsafe,
        edits: vec![file.edit(text.span, format!("\"{meant}\""))],
    });
}
