//! Descriptions of skills send readers to skills and agents that exist.

use baton_repo::Skill;
use baton_source::{Span, nearest};

use crate::support::{docs, skills};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// How a description sends readers elsewhere.
const OPENING: &str = "(use ";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let pack = skills::conventions(ctx);
    if !pack.redirects {
        return;
    }
    let Some(entry) = skills::entry(file, "description") else {
        return;
    };
    let own = ctx.settings.skills.redirect_extra.as_ref();
    let extra = own.unwrap_or(&pack.redirect_extra);
    let (text, base) = (entry.value.span.of(file.text()), entry.value.span.start);
    for opening in docs::phrases(text, OPENING) {
        let start = opening.end as usize;
        let Some(name) = target(text, start) else {
            continue;
        };
        let is_known = extra.iter().any(|known| known == name)
            || skills::folder_name(file) == Some(name)
            || docs::has_skill(ctx.repo, name)
            || docs::has_agent(ctx.repo, name)
            || ctx.repo.agent_named(name).is_some();
        if is_known {
            continue;
        }
        let at = base as usize + start;
        let span = Span::new(at, at + name.len());
        let message = format!("the description sends to `{name}`, which is no skill and no agent");
        let names = ctx.repo.skills().iter().map(Skill::folder_name);
        let help = match nearest(name, names) {
            Some(close) => format!("Write `{close}`, if that is meant."),
            None => "Name a skill or an agent of the repository.".to_owned(),
        };
        out.report(file.at(&span), message).help(help);
    }
}

/// The name at an offset, up to a closing bracket: one word, or one and `MCP`.
fn target(text: &str, start: usize) -> Option<&str> {
    let rest = text.get(start..)?;
    let name = rest.get(..rest.find(')')?)?.trim();
    let word = name.strip_suffix("MCP").map_or(name, str::trim_end);
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '-';
    (!word.is_empty() && word.chars().all(is_part)).then_some(name)
}
