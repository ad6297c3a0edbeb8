//! Agents that do the same on two tracks offer the same handoffs.

use baton_repo::{Agent, Handoff, HandoffConventions};

use crate::support::handoffs::{Workflow, called, has};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(flow) = Workflow::of(ctx) else {
        return;
    };
    for [one, other] in &flow.conventions.track_pairs {
        let both = called(ctx.repo, one).zip(called(ctx.repo, other));
        let Some((one, other)) = both else { continue };
        report(&flow, (one, other), out);
        report(&flow, (other, one), out);
    }
}

/// Reports handoffs of an agent that its twin does not offer.
fn report(flow: &Workflow<'_>, (agent, twin): (&Agent, &Agent), out: &mut Findings) {
    let files = flow.repo.by_id(agent.file).zip(flow.repo.by_id(twin.file));
    let Some((file, twin_file)) = files else {
        return;
    };
    let meaning = |handoff| meaning(flow.conventions, handoff);
    let mut offered: Vec<_> = twin.handoffs.iter().map(meaning).collect();
    for handoff in &agent.handoffs {
        let wanted = meaning(handoff);
        if let Some(found) = offered.iter().position(|one| *one == wanted) {
            offered.swap_remove(found);
            continue;
        }
        let label = handoff.label.as_ref().map_or("", |label| &label.value);
        let message = format!("`{}` has no handoff like `{label}`", twin.called());
        let at = handoff.label.as_ref().map_or(handoff.span, |it| it.span);
        let found = out.report(file.at(&at), message);
        found.help("Offer the same on both tracks.");
        match twin.name.as_ref().map(|name| name.span) {
            Some(name) => found.label(twin_file.at(&name), "the same agent of the other track"),
            None => found,
        };
        flow.weigh(found);
    }
}

/// What a handoff says and where it leads, whatever its track.
fn meaning(conventions: &HandoffConventions, handoff: &Handoff) -> (String, String) {
    let label = handoff.label.as_ref().map_or("", |label| &label.value);
    let words = label.split_whitespace().filter_map(|word| {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if has(&conventions.track_words, bare) {
            return None;
        }
        let mut same = conventions.same_words.iter();
        let same = same
            .find(|group| has(group, bare))
            .and_then(|it| it.first());
        Some(same.map_or(word, String::as_str))
    });
    let words: Vec<&str> = words.collect();
    let target = handoff.agent.as_ref().map_or("", |agent| &agent.value);
    let pair = conventions
        .track_pairs
        .iter()
        .find(|pair| has(*pair, target));
    let mut same = conventions.same_agents.iter();
    let same = same.find(|group| has(group, target));
    let target = pair
        .and_then(|pair| pair.first())
        .or_else(|| same.and_then(|group| group.first()))
        .map_or(target, String::as_str);
    (words.join(" "), target.to_lowercase())
}
