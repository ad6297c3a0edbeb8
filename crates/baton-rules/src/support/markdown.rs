//! What rules of markdownlint share: their options, the lines they run on, how they report.

use baton_repo::File;
use baton_repo::markdown_lint::{FileLint, LintRule, LintSetting};
use baton_source::{Diagnostic, Severity, Span};
use baton_syntax::markdown::Markdown;
use baton_syntax::markdown::lines::{Line, Lines};
use baton_syntax::node::{Node, Value};

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
    pub(crate) fn of(ctx: &Ctx<'a>, file: &'a File, id: &str) -> Option<Lint<'a>> {
        let all = ctx.repo.markdown_lint();
        if !all.is_configured() && !ctx.is_asked("lint:md") {
            return None;
        }
        let rule = LintRule::of(id)?;
        let what = all.of(file)?;
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

    /// An option; `None` when it is not set.
    pub(crate) fn option(&self, name: &str) -> Option<&'a Node> {
        self.setting.options.as_ref()?.get(name)
    }

    /// An option that is true or false; anything else counts as JavaScript counts it.
    pub(crate) fn flag(&self, name: &str, default: bool) -> bool {
        self.option(name)
            .map_or(default, |value| match &value.value {
                Value::Null => false,
                Value::Bool(value) => *value,
                Value::Number(_) => value.as_f64() != Some(0.0),
                Value::String(text) => !text.is_empty(),
                Value::Sequence(_) | Value::Mapping(_) => true,
            })
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
