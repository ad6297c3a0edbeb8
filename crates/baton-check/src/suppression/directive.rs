//! The comments themselves: finding them, reading them, and the line they answer for.

use std::collections::BTreeMap;

use baton_repo::{Date, File};
use baton_source::Span;

use super::{declarations, named};

/// One comment.
pub(super) struct Directive {
    pub(super) at: Span,
    pub(super) whole_file: bool,
    /// The line, from 0, it answers for unless that is the whole file.
    pub(super) line: Option<usize>,
    /// The last line it answers for: that of the declaration which begins in `line`, if one does.
    pub(super) last: Option<usize>,
    /// Whose comment it is.
    pub(super) tool: Tool,
    pub(super) names: Vec<String>,
    pub(super) until: Until,
    pub(super) reason: String,
    pub(super) used: bool,
    /// Names of it that the base does not know, and for which it therefore answers nothing.
    pub(super) unapproved: Vec<String>,
    /// Whether it would have answered for something by one of those.
    pub(super) refused: bool,
}

/// Whose words a comment uses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    /// Ours.
    Baton,
    /// Those of a tool whose comments count too, and that may need it where we do not.
    Checkov,
}

/// How long a comment holds.
pub(super) enum Until {
    /// For ever.
    Open,
    /// Up to the end of a day.
    Day(Date),
    /// What stands there is no day.
    Unreadable(String),
}

pub(super) const WORD: &str = "baton-ignore";
const WHOLE_FILE: &str = "baton-ignore-file";
/// How comments begin that Checkov reads; they stand inside of what they are about.
const FOREIGN: &str = "checkov:skip=";

/// The comments of a file that are meant for us.
pub(super) fn directives(file: &File) -> Vec<Directive> {
    let comments = file.comments().into_iter();
    let mut found: Vec<Directive> = comments
        .filter_map(|comment| directive(comment, comment.of(file.text())))
        .collect();
    // From the last to the first: comments one below the other answer for the line below them.
    let mut answers = BTreeMap::new();
    for directive in found.iter_mut().rev() {
        let below = target_line(file, directive.at);
        let line = answers.get(&below).copied().unwrap_or(below);
        answers.insert(file.lines().line_of(directive.at.start), line);
        if !directive.whole_file {
            directive.line = Some(line);
            directive.last = Some(line);
        }
    }
    declarations::extend(file, &mut found);
    found
}

/// Whether a text may hold such comments.
pub(super) fn may_suppress(text: &str) -> bool {
    text.contains(WORD) || text.contains(FOREIGN)
}

fn directive(at: Span, comment: &str) -> Option<Directive> {
    let content = comment
        .trim_start_matches("<!--")
        .trim_end_matches("-->")
        .trim_end_matches("*/");
    let content = content.trim_start_matches(['#', '/', '*', ' ', '\t', '\r', '\n']);
    let (rest, whole_file) = match content.strip_prefix(WHOLE_FILE) {
        Some(rest) => (rest, true),
        None => match content.strip_prefix(WORD) {
            Some(rest) => (rest, false),
            None => return foreign(at, content.strip_prefix(FOREIGN)?),
        },
    };
    if !rest.starts_with([' ', '\t', ':']) && !rest.trim().is_empty() {
        return None;
    }
    let (names, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let mut names = words(names);
    let until = match names.iter().position(|word| *word == "until") {
        None => Until::Open,
        Some(at) => Until::read(&names.split_off(at)),
    };
    Some(Directive {
        at,
        whole_file,
        line: None,
        last: None,
        tool: Tool::Baton,
        names: names.into_iter().map(str::to_owned).collect(),
        until,
        reason: reason.trim().to_owned(),
        used: false,
        unapproved: Vec::new(),
        refused: false,
    })
}

/// `checkov:skip=ID, ID:reason`, as far as the ids are names of our rules.
fn foreign(at: Span, content: &str) -> Option<Directive> {
    let (ids, reason) = content.split_once(':').unwrap_or((content, ""));
    let is_ours = |id: &&str| named(id).next().is_some();
    let names: Vec<&str> = words(ids).into_iter().filter(is_ours).collect();
    (!names.is_empty()).then(|| Directive {
        at,
        whole_file: false,
        line: None,
        last: None,
        tool: Tool::Checkov,
        names: names.into_iter().map(str::to_owned).collect(),
        until: Until::Open,
        reason: reason.trim().to_owned(),
        used: false,
        unapproved: Vec::new(),
        refused: false,
    })
}

fn words(text: &str) -> Vec<&str> {
    let words = text.split([',', ' ', '\t', '\r', '\n']);
    words.filter(|word| !word.is_empty()).collect()
}

impl Until {
    /// Reads `until` and what follows it.
    fn read(words: &[&str]) -> Until {
        let words = words.get(1..).unwrap_or_default().join(" ");
        words.parse().map_or(Until::Unreadable(words), Until::Day)
    }

    pub(super) fn holds(&self, today: Date) -> bool {
        match self {
            Until::Open => true,
            Until::Day(day) => today <= *day,
            Until::Unreadable(_) => false,
        }
    }
}

/// The comment's own line, or the next line with text when the comment stands alone.
fn target_line(file: &File, comment: Span) -> usize {
    let (text, lines) = (file.text(), file.lines());
    let (first, last) = (
        lines.line_of(comment.start),
        lines.line_of(comment.end.max(1) - 1),
    );
    let start = lines.start_of(first).unwrap_or(0);
    let before = Span {
        start,
        end: comment.start,
    }
    .of(text);
    let line_end = start as usize + lines.line_text(text, first).len();
    let after = Span::new(comment.end as usize, line_end.max(comment.end as usize)).of(text);
    let alone = before.trim().is_empty() && (last > first || after.trim().is_empty());
    if !alone {
        return first;
    }
    let following = last + 1..lines.lines();
    let mut with_text = following.filter(|line| !lines.line_text(text, *line).trim().is_empty());
    with_text.next().unwrap_or(first)
}
