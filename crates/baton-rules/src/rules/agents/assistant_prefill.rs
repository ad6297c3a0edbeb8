//! Agents and prompts do not ask for the beginning of an answer.

use std::sync::LazyLock;

use baton_repo::Prefill;
use baton_source::Span;
use regex::Regex;

use crate::support::prompting::{self, agent_of, agents_by_name, family, phrases};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(prefill) = &ctx.repo.prompting().prefill else {
        return;
    };
    for agent in ctx.repo.agents() {
        let model = agent.model.first().map(|model| model.value.as_str());
        if let Some(file) = ctx.repo.by_id(agent.file) {
            judge(ctx, file, (prefill, model), out);
        }
    }
    let by_name = agents_by_name(ctx);
    for prompt in ctx.repo.prompts() {
        let of_agent = || agent_of(prompt, &by_name)?.model.first();
        let model = prompt.model.first().or_else(of_agent);
        if let Some(file) = ctx.repo.by_id(prompt.file) {
            judge(
                ctx,
                file,
                (prefill, model.map(|model| model.value.as_str())),
                out,
            );
        }
    }
}

fn judge(ctx: &Ctx<'_>, file: &File, how: (&Prefill, Option<&str>), out: &mut Findings) {
    let (prefill, model) = how;
    let family = model.and_then(|model| family(ctx, model));
    let Some(family) = family.filter(|family| family.vendor() == prefill.vendor) else {
        return;
    };
    let body = file.body();
    let Some(place) = first_in(body.of(file.text()), prefill) else {
        return;
    };
    let at = place.shifted(body.start as usize);
    let found = out.report(
        file.at(&at),
        "Claude takes no beginning of its answer any more",
    );
    found.help("Say what form the answer has instead of beginning it.");
    prompting::lower(found, Some(family));
}

/// The first place that asks for the beginning of an answer.
fn first_in(text: &str, prefill: &Prefill) -> Option<Span> {
    let lower = text.to_ascii_lowercase();
    // Cheap, and true of nearly every file.
    if !lower.contains("assistant") && !lower.contains("prefill") {
        return None;
    }
    let said = prefill
        .phrases
        .iter()
        .filter_map(|phrase| phrases(&lower, phrase).next());
    let written = WRITTEN.find(&lower);
    let written = written.map(|found| Span::new(found.start(), found.end()));
    said.chain(written).min_by_key(|place| place.start)
}

#[expect(clippy::unwrap_used, reason = "the pattern is a constant and tested")]
static WRITTEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"assistant\s*:\s*\{\s*content\s*:\s*"<"#).unwrap());
