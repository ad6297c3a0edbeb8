//! What rules of markdownlint share: their options, the lines they run on, how they report.

use baton_repo::File;
use baton_repo::markdown_lint::{FileLint, LintRule, LintSetting, is_truthy};
use baton_source::{Applicability, Diagnostic, Fix, Severity, Span};
use baton_syntax::markdown::lines::{Line, Lines};
use baton_syntax::markdown::{Heading, Markdown};
use baton_syntax::node::Node;

use crate::{Ctx, Findings};

/// One rule of markdownlint on one file.
pub(crate) struct Lint<'a> {
    pub(crate) file: &'a File,
    pub(crate) text: &'a str,
    rule: LintRule,
    setting: &'a LintSetting,
    what: &'a FileLint,
}

impl<'a> Lint<'a> {
    /// The rule with an id such as `MD009`, if it runs on the file: a repository that says
    /// nothing about Markdown is judged only when somebody asks for `lint:md`.
    pub(crate) fn of(ctx: &'a Ctx<'_>, file: &'a File, id: &str) -> Option<Lint<'a>> {
        let all = ctx.repo.markdown_lint();
        if !all.is_configured() && !ctx.is_asked("lint:md") {
            return None;
        }
        let what = all.of(file)?;
        let rule = LintRule::of(id)?;
        Some(Lint {
            file,
            text: file.text(),
            rule,
            setting: what.setting(rule)?,
            what,
        })
    }

    /// The outline of the text.
    pub(crate) fn outline(&self) -> &'a Markdown {
        self.file.markdown()
    }

    /// What is judged: the text below front matter and the blank lines after it.
    pub(crate) fn body(&self) -> Span {
        self.what.body
    }

    /// All lines, with the blocks they belong to.
    pub(crate) fn all_lines(&self) -> &'a Lines {
        self.file.markdown_lines()
    }

    /// The lines that are judged: what stands below front matter and the blank lines after it.
    pub(crate) fn lines(&self) -> &'a [Line] {
        let lines = &self.file.markdown_lines().lines;
        let first = lines.partition_point(|line| line.span.end < self.what.body.start);
        lines.get(first..).unwrap_or(&[])
    }

    /// The text of a line.
    pub(crate) fn line_text(&self, line: &Line) -> &'a str {
        line.span.of(self.text)
    }

    /// The line with a number of the file, from 0, if it is judged.
    pub(crate) fn numbered(&self, number: usize) -> Option<&'a Line> {
        let first = self.lines().first()?.number;
        self.lines().get(number.checked_sub(first)?)
    }

    /// The last line of a block that has text.
    pub(crate) fn last_line(&self, block: Span) -> Option<&'a Line> {
        let kept = block.of(self.text).trim_end().len().max(1);
        let last = block.start + u32::try_from(kept - 1).ok()?;
        self.all_lines().at(last)
    }

    /// An option; `None` when it is not set.
    pub(crate) fn option(&self, name: &str) -> Option<&'a Node> {
        self.setting.options.as_ref()?.get(name)
    }

    /// An option that is true or false; anything else counts as JavaScript counts it.
    pub(crate) fn flag(&self, name: &str, default: bool) -> bool {
        self.option(name).map_or(default, is_truthy)
    }

    /// An option that is a number not below zero.
    pub(crate) fn number(&self, name: &str, default: usize) -> usize {
        let value = self.option(name).and_then(Node::as_i64);
        value
            .and_then(|value| usize::try_from(value).ok())
            .unwrap_or(default)
    }

    /// An option that is text.
    pub(crate) fn word(&self, name: &str, default: &'a str) -> &'a str {
        self.option(name).and_then(Node::as_str).unwrap_or(default)
    }

    /// An option that is a list of texts; empty when it is not set.
    pub(crate) fn words(&self, name: &str) -> Vec<&'a str> {
        let items = self.option(name).map_or(&[][..], Node::items);
        items.iter().filter_map(Node::as_str).collect()
    }

    /// Reports a finding unless a comment switches the rule off on the line where it begins.
    pub(crate) fn report<'o>(
        &self,
        out: &'o mut Findings,
        span: Span,
        message: impl Into<String>,
    ) -> Option<&'o mut Diagnostic> {
        let line = self.file.lines().line_of(span.start);
        if !self.what.is_on(self.rule, line) {
            return None;
        }
        let finding = out.report(self.file.at(&span), message);
        if self.setting.warning {
            finding.severity(Severity::Warning);
        }
        Some(finding)
    }
}

/// Whether a line counts as blank: comments and the marks of quotes are nothing.
pub(crate) fn is_blank(line: &str) -> bool {
    let mut rest = line;
    loop {
        let (open, close) = (rest.find("<!--"), rest.find("-->"));
        let (before, after) = match (open, close) {
            (None, None) => (rest, None),
            (Some(open), None) => (rest.get(..open).unwrap_or(""), None),
            (Some(open), Some(close)) if open < close => {
                (rest.get(..open).unwrap_or(""), rest.get(close + 3..))
            }
            // What stands before the end of a comment is a comment.
            (_, Some(close)) => ("", rest.get(close + 3..)),
        };
        if before.contains(|mark: char| mark != '>' && !mark.is_whitespace()) {
            return false;
        }
        match after {
            Some(after) => rest = after,
            None => return true,
        }
    }
}

/// What stands on a line before its own text: blanks, marks of quotes and of list items.
pub(crate) fn container_prefix(line: &str) -> &str {
    let mut rest = line;
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t', '>']);
        let digits = trimmed.trim_start_matches(|mark: char| mark.is_ascii_digit());
        let number = trimmed.len() - digits.len();
        let marker = match digits.chars().next() {
            Some('.' | ')') if (1..=9).contains(&number) => number + 1,
            Some('-' | '*' | '+') if number == 0 => 1,
            _ => 0,
        };
        let behind = trimmed.get(marker..).unwrap_or("");
        let apart = behind.is_empty() || behind.starts_with([' ', '\t']);
        if marker == 0 || !apart {
            let length = line.len() - trimmed.len();
            return line.get(..length).unwrap_or("");
        }
        rest = behind;
    }
}

/// The hashes that close a heading.
pub(crate) fn closing_hashes(lint: &Lint<'_>, heading: &Heading) -> Option<Span> {
    let text = heading.span.of(lint.text).trim_end();
    let kept = text.trim_end_matches('#');
    let start = heading.span.start as usize + kept.len();
    let closed = kept.len() < text.len() && start >= heading.text_span.end as usize;
    let apart = kept.ends_with([' ', '\t']);
    (closed && apart).then(|| Span::new(start, heading.span.start as usize + text.len()))
}

/// The blanks behind the hashes of a heading, if there is more than one.
pub(crate) fn heading_blanks(lint: &Lint<'_>, heading: &Heading) -> Option<Span> {
    let text = heading.span.of(lint.text);
    let rest = text.trim_start_matches('#');
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let start = heading.span.start as usize + text.len() - rest.len();
    let something = !heading.text_span.is_empty();
    (blanks > 1 && something).then(|| Span::new(start, start + blanks))
}

/// Reports blanks of which one is enough.
pub(crate) fn report_blanks(lint: &Lint<'_>, out: &mut Findings, blanks: Span, message: &str) {
    let Some(finding) = lint.report(out, blanks, message) else {
        return;
    };
    finding.help("Write one blank.").fix(Fix {
        title: "Leave one blank".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![lint.file.edit(blanks, " ")],
    });
}
