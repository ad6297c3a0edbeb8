//! Subagents that the body of an agent calls stand in its `agents`.

use std::sync::LazyLock;

use baton_repo::Agent;
use baton_source::Span;
use regex::Regex;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

/// How far from a name a word may stand that says it is called, in characters.
const NEAR: usize = 60;

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if !ctx.repo.agent_conventions().declared_subagents {
        return;
    }
    let agents = ctx.repo.agents();
    let subagents = || agents.iter().filter(|agent| agent.is_subagent);
    for agent in agents.iter().filter(|agent| !agent.is_subagent) {
        let Some(file) = ctx.repo.by_id(agent.file) else {
            continue;
        };
        if agent.may_call_all() || !is_known(agent, file) {
            continue;
        }
        let body = agent.body.of(file.text());
        let lower = body.to_ascii_lowercase();
        for subagent in subagents() {
            let Some(name) = subagent.name.as_ref().map(|name| name.value.as_str()) else {
                continue;
            };
            if declares(agent, subagent) {
                continue;
            }
            let Some(call) = call_of((body, &lower), name) else {
                continue;
            };
            let at = call.shifted(agent.body.start as usize);
            let message = format!("the body calls `{name}`, which is not among `agents`");
            out.report(file.at(&at), message)
                .help(format!("Add `{name}` to `agents`."));
        }
    }
}

/// Whether it is known what the agent declares: not where its front matter could not be read, or
/// holds `agents` that is no list.
fn is_known(agent: &Agent, file: &File) -> bool {
    let document = file.front_matter();
    let root = document.root.as_ref();
    let has_key = root.is_some_and(|root| root.get("agents").is_some());
    document.errors.is_empty() && (agent.agents.is_some() || !has_key)
}

fn declares(agent: &Agent, subagent: &Agent) -> bool {
    let mut listed = agent.agents.iter().flatten();
    listed.any(|entry| {
        let is = |name: &str| entry.value.eq_ignore_ascii_case(name);
        is(subagent.called()) || is(&subagent.stem)
    })
}

/// The first place at which a name stands near a word that says it is called.
fn call_of((body, lower): (&str, &str), name: &str) -> Option<Span> {
    let wanted = name.to_ascii_lowercase();
    let places = lower
        .match_indices(&wanted)
        .map(|(start, found)| Span::new(start, start + found.len()));
    places.into_iter().find(|place| {
        let before = Span::new(0, place.start as usize).of(body);
        let after = Span::new(place.end as usize, body.len()).of(body);
        let before = before.rsplit('\n').next().unwrap_or("");
        let after = after.lines().next().unwrap_or("");
        is_whole(before, after) && is_called(before, after)
    })
}

/// Whether a name does not go on to either side.
fn is_whole(before: &str, after: &str) -> bool {
    let goes_on = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    !before.ends_with(goes_on) && !after.starts_with(goes_on)
}

fn is_called(before: &str, after: &str) -> bool {
    let from = before.char_indices().rev().take(NEAR).last();
    let before = from.and_then(|(at, _)| before.get(at..)).unwrap_or("");
    let to = after.char_indices().nth(NEAR);
    let after = to.and_then(|(at, _)| after.get(..at)).unwrap_or(after);
    let mentioned = before.trim_end_matches('`').ends_with('@');
    mentioned || CALL.is_match(before) || CALL.is_match(after)
}

#[expect(clippy::unwrap_used, reason = "the pattern is a constant and tested")]
static CALL: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"invok(?:e|es|ed|ing)|delegat(?:e|es|ed|ing|ion)|dispatch(?:es|ed|ing)?|call(?:s|ed|ing)?|runs?|running|hand(?:s|ed|ing)?[\s-]?offs?";
    Regex::new(&format!(r"(?i)\b(?:{words})\b|#runsubagent")).unwrap()
});

#[cfg(test)]
mod tests {
    use super::call_of;

    #[test]
    fn tells_calls_from_mentions() {
        for (body, calls) in [
            ("Invoke `x-subagent`.", true),
            ("`x-subagent` is dispatched next", true),
            ("@x-subagent", true),
            ("#runSubagent X-Subagent", true),
            ("Hand off to x-subagent", true),
            ("Works locally with x-subagent on disk.", false),
            ("x-subagent knows", false),
            ("call\nx-subagent", false),
            ("call max-subagent", false),
            ("call x-subagent-two", false),
            ("é call é x-subagent", true),
        ] {
            let found = call_of((body, &body.to_ascii_lowercase()), "x-subagent");
            assert_eq!(found.is_some(), calls, "{body}");
        }
        let far = format!("call {} x-subagent", "y".repeat(60));
        assert!(call_of((&far, &far), "x-subagent").is_none());
    }
}
