//! What each rule of commitlint says about a message.

use baton_repo::commits::CommitRule;
use baton_source::{Span, nearest};

use crate::support::commit_cases::is_of_case;
use crate::support::commit_parts::{beyond, length, part, segments};
use crate::support::commit_wholes::{mark, references, trailer};
use crate::support::commits::{Commit, Verdict};

/// What a rule finds wrong: at most one thing, but for lines that are too long.
pub(crate) fn verdicts(commit: &Commit<'_>, name: &str, rule: &CommitRule) -> Vec<Verdict> {
    if let Some(lines) = name.strip_suffix("-max-line-length") {
        return long_lines(commit, lines, rule);
    }
    let (about, demand) = name.split_once('-').unwrap_or((name, ""));
    let one = match (about, demand) {
        ("body" | "footer", "leading-blank") => leading_blank(commit, about, rule),
        ("references", "empty") => references(commit, rule),
        ("signed", _) => trailer(commit, rule, "the message is not signed off"),
        ("trailer", _) => trailer(commit, rule, "the message lacks a trailer"),
        ("breaking", _) | ("subject", "exclamation-mark") => mark(commit, about, rule),
        (_, "empty") => empty(commit, about, rule),
        (_, "enum") => unknown(commit, about, rule),
        (_, "case") => case(commit, about, rule),
        (_, "full-stop") => stop(commit, about, rule),
        (_, "max-length") => too_long(commit, about, rule),
        (_, "min-length") => too_short(commit, about, rule),
        (_, "trim") => untrimmed(commit),
        (_, "delimiter-style") => delimiter(commit, rule),
        _ => None,
    };
    one.into_iter().collect()
}

/// What is found wrong, as every judgement here answers.
#[expect(
    clippy::unnecessary_wraps,
    reason = "a judgement answers with what is wrong or with nothing"
)]
pub(crate) fn verdict(
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Option<Verdict> {
    Some(Verdict {
        span,
        message: message.into(),
        help: help.into(),
    })
}

fn listed(words: &[String]) -> String {
    format!("`{}`", words.join("`, `"))
}

fn empty(commit: &Commit<'_>, about: &str, rule: &CommitRule) -> Option<Verdict> {
    let found = part(commit, about).filter(|(text, _)| !text.is_empty());
    match (rule.is_never, found) {
        (true, None) => {
            let help = match about {
                "type" | "subject" => "Write the first line as `type: subject`.".to_owned(),
                "scope" => "Write the first line as `type(scope): subject`.".to_owned(),
                _ => format!("Write a {about}, behind an empty line."),
            };
            verdict(commit.header, format!("the message has no {about}"), help)
        }
        (false, Some((_, span))) => verdict(
            span,
            format!("the message has a {about}, and may have none here"),
            format!("Leave the {about} out."),
        ),
        _ => None,
    }
}

fn unknown(commit: &Commit<'_>, about: &str, rule: &CommitRule) -> Option<Verdict> {
    let (text, span) = part(commit, about)?;
    let words = &rule.words;
    let holds = |word: &str| words.iter().any(|known| known == word);
    if about == "type" {
        return match (holds(&text), rule.is_never) {
            (true, true) => verdict(
                span,
                format!("`{text}` may not be the type of a commit here"),
                format!("Use another type than {}.", listed(words)),
            ),
            (false, false) => verdict(
                span,
                format!("`{text}` is not a type of commit here"),
                meant(&text, words),
            ),
            _ => None,
        };
    }
    if words.is_empty() {
        return None;
    }
    let parts = segments(&text, &rule.delimiters);
    if rule.is_never {
        let is_named = holds(&text) || parts.iter().any(|part| holds(part));
        return is_named.then(|| Verdict {
            span,
            message: format!("`{text}` may not be the scope of a commit here"),
            help: format!("Use another scope than {}.", listed(words)),
        });
    }
    let wrong = parts.iter().find(|part| !holds(part))?;
    if holds(&text) {
        return None;
    }
    let message = format!("`{wrong}` is not a scope of commits here");
    verdict(span, message, meant(wrong, words))
}

fn meant(word: &str, words: &[String]) -> String {
    match nearest(word, words.iter().map(String::as_str)) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => format!("Use one of {}.", listed(words)),
    }
}

fn case(commit: &Commit<'_>, about: &str, rule: &CommitRule) -> Option<Verdict> {
    let (text, span) = part(commit, about)?;
    let begins = |test: fn(char) -> bool| text.starts_with(test);
    let is_judged = match about {
        "subject" => begins(|sign| sign.is_uppercase() || sign.is_lowercase()),
        "header" => begins(|sign| sign.is_ascii_alphabetic()),
        _ => true,
    };
    if !is_judged {
        return None;
    }
    let parts = match about {
        "scope" => segments(&text, &rule.delimiters),
        _ => vec![text.as_str()],
    };
    let holds = |word: &&String| {
        let bare = word.trim_start_matches('!');
        let all = parts
            .iter()
            .all(|part| is_of_case(part, bare).unwrap_or(true));
        all != word.starts_with('!')
    };
    let matching: Vec<String> = rule.words.iter().filter(holds).cloned().collect();
    if !rule.is_never && matching.is_empty() {
        return verdict(
            span,
            format!("the {about} is not in {}", rule.words.join(" or ")),
            format!("Write the {about} in {}.", rule.words.join(" or ")),
        );
    }
    if rule.is_never && !matching.is_empty() {
        return verdict(
            span,
            format!("the {about} is in {}", matching.join(" and ")),
            format!("Write the {about} in none of {}.", rule.words.join(", ")),
        );
    }
    None
}

fn stop(commit: &Commit<'_>, about: &str, rule: &CommitRule) -> Option<Verdict> {
    let of = if about == "subject" { "header" } else { about };
    let (text, span) = part(commit, of)?;
    if about == "subject"
        && text
            .find(':')
            .is_some_and(|at| at > 0 && at + 1 == text.len())
    {
        return None;
    }
    let stop = rule.words.first().map_or(".", String::as_str);
    let is_dots = about == "subject" && text.ends_with("...");
    let has = !is_dots && text.ends_with(stop);
    let end = span.end as usize;
    match (has, rule.is_never) {
        (true, true) => verdict(
            Span::new(end - stop.len(), end),
            format!("the {about} ends with `{stop}`"),
            format!("End the {about} without `{stop}`."),
        ),
        (false, false) => verdict(
            Span::at(end),
            format!("the {about} does not end with `{stop}`"),
            format!("End the {about} with `{stop}`."),
        ),
        _ => None,
    }
}

fn too_long(commit: &Commit<'_>, about: &str, rule: &CommitRule) -> Option<Verdict> {
    let (text, span) = part(commit, about)?;
    let (most, has) = (rule.number.unwrap_or(0), length(&text));
    if has <= most {
        return None;
    }
    let is_one_line = !matches!(about, "body" | "footer");
    let span = if is_one_line {
        beyond(commit.text, span, most)
    } else {
        span
    };
    verdict(
        span,
        format!(
            "the {about} is {has} characters long, {} too many",
            has - most
        ),
        format!("Keep the {about} to {most} characters."),
    )
}

fn too_short(commit: &Commit<'_>, about: &str, rule: &CommitRule) -> Option<Verdict> {
    let (text, span) = part(commit, about)?;
    let (least, has) = (rule.number.unwrap_or(0), length(&text));
    if has >= least {
        return None;
    }
    verdict(
        span,
        format!(
            "the {about} is {has} characters long, {} too few",
            least - has
        ),
        format!("Write at least {least} characters."),
    )
}

fn long_lines(commit: &Commit<'_>, about: &str, rule: &CommitRule) -> Vec<Verdict> {
    let lines = if about == "body" {
        &commit.message.body
    } else {
        &commit.message.footer
    };
    let most = rule.number.unwrap_or(0);
    let is_address = |line: &str| {
        let mut schemes = ["http://", "https://"].iter();
        schemes.any(|scheme| {
            let mut places = line.match_indices(scheme);
            places.any(|(at, found)| {
                let before = line.get(..at).unwrap_or("").chars().next_back();
                let after = line.get(at + found.len()..).unwrap_or("").chars().next();
                let is_word = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
                !before.is_some_and(is_word) && after.is_some_and(|sign| !sign.is_whitespace())
            })
        })
    };
    let judge = |line: &Span| {
        let text = line.of(commit.text);
        let has = length(text);
        (has > most && !is_address(text)).then(|| Verdict {
            span: beyond(commit.text, *line, most),
            message: format!(
                "this line of the {about} is {has} characters long, {} too many",
                has - most
            ),
            help: format!("Break lines at {most} characters."),
        })
    };
    lines.iter().filter_map(judge).collect()
}

fn leading_blank(commit: &Commit<'_>, about: &str, rule: &CommitRule) -> Option<Verdict> {
    let kept = &commit.message.kept;
    let (lines, place) = if about == "body" {
        let header = kept.iter().position(|line| *line == commit.header)?;
        (&commit.message.body, header + 1)
    } else {
        let first = commit.message.footer.first()?;
        let place = kept.iter().position(|line| line == first)?;
        (&commit.message.footer, place.saturating_sub(1))
    };
    let first = lines.first()?;
    let is_blank = kept.get(place).is_some_and(|line| line.is_empty());
    match (is_blank, rule.is_never) {
        (false, false) => verdict(
            *first,
            format!("no empty line stands before the {about}"),
            format!("Put an empty line before the {about}."),
        ),
        (true, true) => verdict(
            *first,
            format!("an empty line stands before the {about}"),
            format!("Let the {about} follow without an empty line."),
        ),
        _ => None,
    }
}

fn untrimmed(commit: &Commit<'_>) -> Option<Verdict> {
    let text = commit.header_text();
    let start = commit.header.start as usize;
    let (before, after) = (
        text.len() - text.trim_start().len(),
        text.len() - text.trim_end().len(),
    );
    let end = start + text.len();
    let (span, where_) = match (before, after) {
        (0, 0) => return None,
        (0, after) => (Span::new(end - after, end), "ends"),
        (before, _) => (Span::new(start, start + before), "begins"),
    };
    verdict(
        span,
        format!("the header {where_} with white space"),
        "Remove the white space around the first line.",
    )
}

fn delimiter(commit: &Commit<'_>, rule: &CommitRule) -> Option<Verdict> {
    let (text, span) = part(commit, "scope")?;
    let usual = ["/", "\\", ","].map(str::to_owned);
    let allowed = if rule.words.is_empty() {
        &usual[..]
    } else {
        &rule.words
    };
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    let mut runs = text.split(is_name).filter(|run| !run.is_empty());
    let plain = |run: &str| {
        if run.trim() == "," {
            ",".to_owned()
        } else {
            run.to_owned()
        }
    };
    let wrong = runs.find(|run| !allowed.contains(&plain(run)));
    match (wrong, rule.is_never) {
        (Some(wrong), false) => verdict(
            span,
            format!("`{wrong}` may not stand in a scope here"),
            format!(
                "Separate the parts of a scope by one of {}.",
                listed(allowed)
            ),
        ),
        (None, true) => verdict(
            span,
            "the parts of the scope may not be separated like this",
            format!("Use none of {}.", listed(allowed)),
        ),
        _ => None,
    }
}
