//! What rules of commitlint say about a message as a whole: issues, trailers, what breaks.

use baton_repo::commits::CommitRule;
use baton_source::Span;
use baton_syntax::commit;

use crate::support::commit_verdicts::verdict;
use crate::support::commits::{Commit, Verdict};

/// Whether the message names an issue, where it must or must not.
pub(crate) fn references(commit: &Commit<'_>, rule: &CommitRule) -> Option<Verdict> {
    let message = &commit.message;
    let lines = std::iter::once(&commit.header)
        .chain(&message.body)
        .chain(&message.footer);
    let named = { lines }.find(|line| commit::names_issue(line.of(commit.text)));
    match (named, rule.is_never) {
        (None, true) => verdict(
            commit.header,
            "the message names no issue",
            "Name an issue such as `#12`.",
        ),
        (Some(line), false) => verdict(
            *line,
            "the message names an issue, and may name none here",
            "Leave the issue out.",
        ),
        _ => None,
    }
}

/// Whether the message ends with a line that begins so, where it must or must not.
pub(crate) fn trailer(commit: &Commit<'_>, rule: &CommitRule, lacking: &str) -> Option<Verdict> {
    let wanted = rule.words.join(" ");
    let of = |line: &&Span| line.of(commit.text);
    let is_pick = |line: &&Span| of(line).trim().starts_with("(cherry picked from commit ");
    let kept = commit.message.kept.iter();
    let mut lines = kept.rev().filter(|line| !line.is_empty() && !is_pick(line));
    let last = lines.next()?;
    let found = if lacking.ends_with("off") {
        of(&last).starts_with(&wanted).then_some(*last)
    } else {
        let kept = commit.message.kept.iter().rev();
        let paragraph = kept
            .skip_while(|line| of(line).trim().is_empty())
            .take_while(|line| !of(line).trim().is_empty());
        let mut paragraph = paragraph.filter(|line| **line != commit.header);
        paragraph
            .find(|line| of(line).starts_with(&wanted))
            .copied()
    };
    match (found, rule.is_never) {
        (None, false) => verdict(
            Span::at(last.end as usize),
            lacking,
            format!("End the message with a line `{wanted} …`."),
        ),
        (Some(span), true) => verdict(
            span,
            format!("`{wanted}` may not stand here"),
            "Leave the line out.",
        ),
        _ => None,
    }
}

/// Whether what breaks is said with `!`, and in the footer as well.
pub(crate) fn mark(commit: &Commit<'_>, about: &str, rule: &CommitRule) -> Option<Verdict> {
    let is_marked = commit::is_marked(commit.header_text());
    let note = commit.message.footer.iter().find(|line| {
        let line = line.of(commit.text);
        line.starts_with("BREAKING CHANGE:") || line.starts_with("BREAKING-CHANGE:")
    });
    let (holds, wanted) = match about {
        "subject" => (is_marked, "Put `!` before the colon of the first line."),
        _ => (
            is_marked == note.is_some(),
            "Say what breaks both with `!` before the colon and in a footer `BREAKING CHANGE: …`.",
        ),
    };
    if holds != rule.is_never {
        return None;
    }
    let message = match (about, is_marked) {
        ("subject", true) => "the header says with `!` that something breaks",
        ("subject", false) => "the header does not say with `!` that something breaks",
        (_, true) if note.is_some() => "both `!` and the footer say that something breaks",
        (_, true) => "`!` says that something breaks, and no footer says what",
        (_, false) if note.is_some() => "the footer says that something breaks, and no `!` does",
        (_, false) => "neither `!` nor the footer says that something breaks",
    };
    let help = if rule.is_never {
        "Leave the `!` out."
    } else {
        wanted
    };
    verdict(commit.header, message, help)
}
