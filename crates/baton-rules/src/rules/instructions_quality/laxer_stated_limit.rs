//! Texts allow no more than what is checked.

use std::sync::LazyLock;

use baton_repo::File;
use baton_source::Span;
use regex::Regex;

use crate::support::agent_text::{is_forbidden, pattern};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Words after which a limit is about something else.
const ELSE: [&str; 9] = [
    "and", "of", "or", "with", "cites", "has", "holds", "lists", "to",
];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if ctx.repo.layout().detection.pack != "apex" {
        return;
    }
    let agents = ctx.repo.agent_conventions();
    let handoff = Some(ctx.settings.artifacts.handoff_lines);
    for (stated, most, what) in [
        (&*HANDOFF, handoff, "lines of a handoff"),
        (&*BODY, agents.body_max_lines, "lines of an agent's body"),
        (
            &*DESCRIPTION,
            agents.description_max,
            "characters of an agent's description",
        ),
    ] {
        if let Some(most) = most {
            report(file, (stated, most, what), out);
        }
    }
}

fn report(file: &File, (stated, most, what): (&Regex, usize, &str), out: &mut Findings) {
    let text = file.text();
    let body = file.body();
    for found in stated.captures_iter(body.of(text)) {
        let (Some(between), Some(number)) = (found.get(1), found.get(2)) else {
            continue;
        };
        // The figure is about something else that is named in between.
        let mut words = between.as_str().split_whitespace();
        if words.any(|word| ELSE.contains(&word)) {
            continue;
        }
        let at = Span::new(number.start(), number.end()).shifted(body.start as usize);
        let Ok(figure) = number.as_str().parse::<usize>() else {
            continue;
        };
        if figure <= most || file.markdown().is_code(at.start) || is_forbidden(text, at.start) {
            continue;
        }
        out.report(
            file.at(&at),
            format!("{figure} {what} are more than the {most} that the checks allow"),
        )
        .help(format!("Write {most}, or set the limit of the checks."));
    }
}

/// A figure that is a limit, after what it limits.
macro_rules! limit {
    ($what:literal, $unit:literal) => {
        concat!(
            r"(?i)",
            $what,
            r"([^\n.;0-9]{0,40}?)(?:≤|<=|<|\bat most\b|\bmax(?:imum)?(?: of)?\b|\bunder\b|\bno more than\b|\bup to\b)\s*([0-9]{1,6})[ -]",
            $unit
        )
    };
}

static HANDOFF: LazyLock<Regex> =
    LazyLock::new(|| pattern(limit!(r"\b00-handoff\.md`?", r"lines?\b")));
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(limit!(
        r"\bagent (?:body|bodies)(?: length| size)?\b",
        r"lines?\b"
    ))
});
static DESCRIPTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(limit!(
        r"\bagent descriptions?(?: length)?\b",
        r"char(?:acter)?s?\b"
    ))
});
