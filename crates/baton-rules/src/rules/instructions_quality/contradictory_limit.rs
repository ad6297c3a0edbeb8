//! One quantity has one limit in one text.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use baton_repo::File;
use baton_source::Span;
use regex::Regex;

use crate::support::agent_text::{is_prose, pattern};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Units of which a text limits many different things.
const UNITS: &[&str] = &[
    "word",
    "character",
    "char",
    "line",
    "item",
    "sentence",
    "bullet",
    "minute",
    "min",
    "second",
    "hour",
    "day",
    "week",
    "time",
    "token",
    "byte",
    "file",
    "point",
    "page",
    "column",
    "row",
    "paragraph",
    "entry",
    "entrie",
    "question",
    "result",
    "example",
    "mb",
    "kb",
    "gb",
    "px",
    "percent",
    "step",
    "level",
    "ms",
    "sec",
    "option",
    "section",
    "tool",
    "call",
    "option",
    "parameter",
    "argument",
];

/// Words that end what a limit is about.
const ENDS: &[&str] = &[
    "for", "to", "in", "and", "or", "with", "before", "then", "that", "which", "when", "from",
    "unless", "if", "on", "at", "by", "is", "are", "as", "total", "only", "because", "so", "until",
    "of", "after", "without", "while", "but", "via", "must", "may", "can", "will", "where",
];

struct Limit<'a> {
    at: Span,
    number: u64,
    about: String,
    noun: &'a str,
    line: &'a str,
    section: usize,
}

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let mut known: BTreeMap<String, Vec<Limit<'_>>> = BTreeMap::new();
    for limit in limits(file) {
        known.entry(limit.about.clone()).or_default().push(limit);
    }
    for limits in known.values() {
        let (Some(first), rest) = (limits.first(), limits.iter().skip(1)) else {
            continue;
        };
        let Some(other) = rest.into_iter().find(|other| contradict(first, other)) else {
            continue;
        };
        let message = format!(
            "at most {} {} here, but {} elsewhere in this text",
            other.number,
            shown(other),
            first.number
        );
        out.report(file.at(&other.at), message)
            .label(file.at(&first.at), format!("{} here", first.number))
            .help("Say one number, or what each of them is about.");
    }
}

fn limits(file: &File) -> Vec<Limit<'_>> {
    let text = file.text();
    let body = file.body();
    let headings = &file.markdown().headings;
    let mut limits = Vec::new();
    for found in LIMIT.captures_iter(body.of(text)) {
        let (Some(all), Some(number), Some(noun)) = (found.get(0), found.get(1), found.get(2))
        else {
            continue;
        };
        let at = Span::new(all.start(), noun.end()).shifted(body.start as usize);
        let (Some(about), Ok(number)) = (about(noun.as_str()), number.as_str().parse()) else {
            continue;
        };
        if !is_prose(file, at.start) {
            continue;
        }
        limits.push(Limit {
            at,
            number,
            about,
            noun: noun.as_str(),
            line: file.lines().line_text(text, file.lines().line_of(at.start)),
            section: headings.partition_point(|heading| heading.span.start <= at.start),
        });
    }
    limits
}

/// What a limit is about, in the singular and in small letters.
fn about(noun: &str) -> Option<String> {
    let lower = noun.to_ascii_lowercase();
    let words = lower.split_whitespace();
    let words = words.take_while(|word| !ENDS.contains(word));
    let words: Vec<&str> = words.map(|word| word.trim_end_matches('s')).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// What a limit is about, as written.
fn shown<'a>(limit: &Limit<'a>) -> &'a str {
    let mut words = limit.noun.match_indices(char::is_whitespace);
    let count = limit.about.split(' ').count();
    let end = words.nth(count - 1).map_or(limit.noun.len(), |(at, _)| at);
    limit.noun.get(..end).unwrap_or(limit.noun)
}

fn contradict(one: &Limit<'_>, other: &Limit<'_>) -> bool {
    if one.number == other.number {
        return false;
    }
    let mut words = one.about.split(' ');
    let general = words.any(|word| UNITS.contains(&word));
    let alike = likeness(one.line, other.line);
    // Entries of a list are about different things, and so are labels in bold.
    let entry = |limit: &Limit<'_>| {
        let line = limit.line.trim_start();
        line.starts_with(['-', '*', '|', '+', '#'])
            || line.starts_with(|one: char| one.is_ascii_digit())
    };
    let beside = one.section == other.section && !(entry(one) && entry(other));
    alike >= 75 || (!general && (beside || alike >= 50))
}

/// How many of the words of two lines are in both, in percent.
fn likeness(one: &str, other: &str) -> usize {
    let words = |line: &str| -> BTreeSet<String> {
        let words = line.split(|letter: char| !letter.is_alphabetic());
        words
            .filter(|word| word.len() > 2)
            .map(str::to_ascii_lowercase)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    if one.len() < 4 || other.len() < 4 {
        return 0;
    }
    let both = one.intersection(&other).count();
    both * 100 / one.union(&other).count()
}

static LIMIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:max(?:imum)?(?:\s+of)?|at most|no more than|not exceed|limit(?:ed)?\s+to)\s*:?\s+\**([0-9]{1,6})\**[ \t]+([a-z][a-z-]*(?:[ \t]+[a-z][a-z-]*){0,3})",
    )
});
