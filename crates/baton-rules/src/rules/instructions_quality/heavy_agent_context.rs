//! What an agent loads before it begins leaves room for its work.

use std::collections::BTreeSet;

use baton_repo::File;

use crate::support::instructions::applies_to;
use crate::support::read_targets::{Names, targets};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

/// Characters of English text for one token, roughly.
const PER_TOKEN: usize = 4;

/// How many of the files are shown.
const SHOWN: usize = 5;

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let budget = ctx.settings.instructions.context_tokens;
    let kinds = ["agent", "subagent", "claude-agent"];
    let agents: Vec<&File> = kinds
        .iter()
        .flat_map(|kind| ctx.repo.of_kind(kind))
        .collect();
    if agents.is_empty() {
        return;
    }
    let names = Names::of(ctx.repo);
    let always = always(ctx);
    let shared: usize = always.iter().map(|file| tokens(file)).sum();
    if shared > budget {
        let Some(largest) = always.iter().max_by_key(|file| tokens(file)) else {
            return;
        };
        let message = format!(
            "all agents begin with about {shared} tokens of instructions, where {budget} are allowed"
        );
        out.report(largest.whole(), message)
            .help("Say in `applyTo` which files the instructions are about.");
        return;
    }
    for agent in agents {
        let mut loaded: BTreeSet<&str> = always.iter().map(|file| file.path.as_str()).collect();
        for target in targets(agent) {
            loaded.extend(names.found(agent, target.path));
        }
        loaded.remove(agent.path.as_str());
        let files = loaded.iter().filter_map(|path| ctx.repo.file(path));
        let mut sizes: Vec<(usize, &File)> = files.map(|file| (tokens(file), file)).collect();
        sizes.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.path.cmp(&other.1.path)));
        let own = tokens(agent);
        let all = own + sizes.iter().map(|(size, _)| size).sum::<usize>();
        if all <= budget {
            continue;
        }
        let message = format!(
            "this agent begins with about {all} tokens, {own} of them its own, where {budget} are allowed"
        );
        let finding = out.report(agent.whole(), message);
        finding.help("Have it read less before it begins, and the rest when it is needed.");
        for (size, file) in sizes.iter().take(SHOWN) {
            finding.label(file.whole(), format!("about {size} tokens"));
        }
    }
}

/// The instructions that hosts add to whatever an agent does.
fn always<'a>(ctx: &Ctx<'a>) -> Vec<&'a File> {
    let everything = ["**", "*", "**/*"];
    let instructions = ctx.repo.of_kind("instruction");
    let broad = instructions.filter(|file| {
        applies_to(file).is_some_and(|(globs, _)| everything.contains(&globs.as_str()))
    });
    let root = ["AGENTS.md", ".github/copilot-instructions.md"];
    broad
        .chain(root.iter().filter_map(|path| ctx.repo.file(path)))
        .collect()
}

fn tokens(file: &File) -> usize {
    file.text().chars().count() / PER_TOKEN
}
