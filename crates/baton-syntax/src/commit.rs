//! Commit messages: the lines that git keeps, and header, body and footer as conventional
//! commits have them.
//!
//! Parts are found as the parser behind commitlint finds them; spans point into the whole text,
//! comments included.

use std::sync::LazyLock;

use baton_source::Span;
use regex::Regex;

/// The line below which git throws everything away, without the comment sign before it.
const SCISSORS: &str = " ------------------------ >8 ------------------------";

/// How headers are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HeaderStyle {
    /// `type(scope): subject`.
    #[default]
    Angular,
    /// The same, and `!` before the colon for what breaks.
    Conventional,
}

/// A message, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommitMessage {
    /// The first line that is kept.
    pub header: Option<Span>,
    /// What precedes scope and colon; never empty.
    pub kind: Option<Span>,
    /// What stands in parentheses; never empty.
    pub scope: Option<Span>,
    /// What follows the colon; never empty.
    pub subject: Option<Span>,
    /// The lines of the body, blank ones around them left out.
    pub body: Vec<Span>,
    /// The lines of the footer, blank ones around them left out.
    pub footer: Vec<Span>,
    /// Every line of the text, comments and what git cuts off among them.
    pub lines: Vec<Span>,
    /// The lines that git keeps.
    pub kept: Vec<Span>,
}

/// Takes a message apart. `comment` begins the lines that git drops; none are when it is empty.
pub fn parse(text: &str, comment: &str, style: HeaderStyle) -> CommitMessage {
    let lines = lines(text);
    let scissors = format!("{comment}{SCISSORS}");
    let below = |line: &&Span| comment.is_empty() || line.of(text) != scissors;
    let is_kept = |line: &Span| {
        let line = line.of(text);
        let is_comment = !comment.is_empty() && line.starts_with(comment);
        !is_comment && !line.trim_start().starts_with("gpg:")
    };
    let kept: Vec<Span> = lines
        .iter()
        .take_while(below)
        .copied()
        .filter(is_kept)
        .collect();
    let mut message = CommitMessage::default();
    // git strips blank lines in front of the message.
    let mut rest = kept.iter().copied().skip_while(|line| line.is_empty());
    if let Some(header) = rest.next() {
        message.header = Some(header);
        read_header(text, header, style, &mut message);
    }
    let rest: Vec<Span> = rest.collect();
    divide(text, &rest, style, &mut message);
    message.lines = lines;
    message.kept = kept;
    message
}

/// The comment sign git chose by itself: the one that begins its last lines.
pub fn chosen_comment(text: &str) -> &'static str {
    const SIGNS: [&str; 10] = ["#", ";", "@", "!", "$", "%", "^", "&", "|", ":"];
    let last = text.lines().rev().find(|line| !line.trim().is_empty());
    let of_last = SIGNS
        .iter()
        .find(|sign| last.is_some_and(|line| line.starts_with(**sign)));
    let of_scissors = SIGNS.iter().find(|sign| {
        let mut lines = text.lines();
        lines.any(|line| line.strip_prefix(**sign) == Some(SCISSORS))
    });
    of_scissors.or(of_last).copied().unwrap_or("#")
}

fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let line = |line: &str| {
        let content = line.strip_suffix('\r').unwrap_or(line);
        let span = Span::new(start, start + content.len());
        start += line.len() + 1;
        span
    };
    text.split('\n').map(line).collect()
}

fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

fn read_header(text: &str, header: Span, style: HeaderStyle, message: &mut CommitMessage) {
    static PLAIN: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern(r"^([0-9A-Za-z_]*)(?:\(([^\r]*)\))?: ([^\r]*)$"));
    static MARKED: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern(r"^([0-9A-Za-z_]*)(?:\(([^\r]*)\))?!: ([^\r]*)$"));
    let line = header.of(text);
    let captures = |regex: &'static LazyLock<Option<Regex>>| regex.as_ref()?.captures(line);
    let marked = match style {
        HeaderStyle::Angular => None,
        HeaderStyle::Conventional => captures(&MARKED),
    };
    let Some(found) = marked.or_else(|| captures(&PLAIN)) else {
        return;
    };
    let part = |number| {
        let part = found.get(number).filter(|part| !part.is_empty())?;
        Some(Span::new(part.start(), part.end()).shifted(header.start as usize))
    };
    message.kind = part(1);
    message.scope = part(2);
    message.subject = part(3);
}

/// Whether a header says with `!` that something breaks.
pub fn is_marked(header: &str) -> bool {
    static MARKED: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern(r"^[0-9A-Za-z_]*(?:\([^\r]*\))?!: [^\r]*$"));
    MARKED.as_ref().is_some_and(|regex| regex.is_match(header))
}

/// Divides what follows the header into body and footer.
fn divide(text: &str, rest: &[Span], style: HeaderStyle, message: &mut CommitMessage) {
    let mut in_body = true;
    for line in rest {
        let content = line.of(text);
        if in_body && (is_note(content, style) || is_trailer(content)) {
            in_body = false;
        }
        if in_body {
            message.body.push(*line);
        } else {
            message.footer.push(*line);
        }
    }
    trim(&mut message.body);
    trim(&mut message.footer);
}

/// Takes blank lines from both ends.
fn trim(lines: &mut Vec<Span>) {
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.drain(..blank);
}

/// Whether a line begins the note of something that breaks.
fn is_note(line: &str, style: HeaderStyle) -> bool {
    static ANGULAR: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern(r"(?i)^(?:\*\s+)?BREAKING CHANGE:"));
    static CONVENTIONAL: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern(r"(?i)^(?:\*\s+)?BREAKING[ -]CHANGE:"));
    let regex = match style {
        HeaderStyle::Angular => &ANGULAR,
        HeaderStyle::Conventional => &CONVENTIONAL,
    };
    regex.as_ref().is_some_and(|regex| regex.is_match(line))
}

/// Whether a line is a trailer: `Token: value` or `Token #12`.
fn is_trailer(line: &str) -> bool {
    static TRAILER: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern(r"^(?i:BREAKING CHANGE|[0-9A-Za-z_-]+)(?::\s+|\s+#)[^\r]"));
    TRAILER.as_ref().is_some_and(|regex| regex.is_match(line))
}

/// Whether a text names an issue: `#12`, `owner/name#12`.
pub fn names_issue(line: &str) -> bool {
    if line.contains("http://") || line.contains("https://") {
        return false;
    }
    line.match_indices('#').any(|(at, _)| {
        let rest = line.get(at + 1..).unwrap_or("");
        let end =
            rest.find(|sign: char| !sign.is_ascii_alphanumeric() && !matches!(sign, '_' | '-'));
        let (issue, after) = rest
            .split_at_checked(end.unwrap_or(rest.len()))
            .unwrap_or((rest, ""));
        let ends = after.is_empty()
            || after.starts_with(|sign: char| sign.is_whitespace() || ",;.)]".contains(sign));
        ends && issue.contains(|sign: char| sign.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::{HeaderStyle, chosen_comment, names_issue, parse};

    /// Type, scope, subject, body and footer of a message.
    fn parts(text: &str) -> String {
        let message = parse(text, "#", HeaderStyle::Conventional);
        let part = |span: Option<baton_source::Span>| span.map_or("-", |span| span.of(text));
        let lines = |lines: &[baton_source::Span]| {
            let lines: Vec<&str> = lines.iter().map(|line| line.of(text)).collect();
            lines.join("\\")
        };
        let (body, footer) = (lines(&message.body), lines(&message.footer));
        format!(
            "{}|{}|{}|{body}|{footer}",
            part(message.kind),
            part(message.scope),
            part(message.subject)
        )
    }

    #[test]
    fn parts_are_found() {
        assert_eq!(parts("feat(ui)!: Add x"), "feat|ui|Add x||");
        assert_eq!(parts("# c\n\nfix: y\n\none\ntwo\n"), "fix|-|y|one\\two|");
        assert_eq!(
            parts("fix: y\r\n\r\nb\r\n\r\nCloses #1\r\n"),
            "fix|-|y|b|Closes #1"
        );
        assert_eq!(parts("oops"), "-|-|-||");
        assert_eq!(parts("feat: "), "feat|-|-||");
        assert_eq!(
            parts("a: b\nBREAKING-CHANGE: c\nd"),
            "a|-|b||BREAKING-CHANGE: c\\d"
        );
        let cut = "a: b\n# ------------------------ >8 ------------------------\nx\n";
        assert_eq!(parts(cut), "a|-|b||");
    }

    #[test]
    fn a_sign_chosen_by_git_is_found() {
        assert_eq!(chosen_comment("#1 is fixed\n\n; Please enter\n;\n"), ";");
        assert_eq!(chosen_comment("a\n"), "#");
    }

    #[test]
    fn issues_are_found() {
        assert!(names_issue("Fix owner/name#12."));
        assert!(!names_issue("in #general, see https://x.org/#1"));
    }
}
