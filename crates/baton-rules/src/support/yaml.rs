//! What rules of yamllint share: their options, the lines they run on, how they report.

use baton_repo::File;
use baton_repo::yaml_lint::{YamlFile, YamlRule, YamlSetting};
use baton_source::{Applicability, Diagnostic, Fix, Severity, Span};
use baton_syntax::node::{Node, Value};
use baton_syntax::yaml::tokens::{Comment, Token, TokenKind};

use crate::{Ctx, Findings};

/// The check that all of them belong to.
const CHECK: &str = "lint:yaml";

/// One rule of yamllint on one file.
pub(crate) struct Lint<'a> {
    pub(crate) file: &'a File,
    pub(crate) text: &'a str,
    rule: YamlRule,
    setting: &'a YamlSetting,
    what: &'a YamlFile,
    compat: bool,
}

/// How many blanks may stand somewhere; -1 is no limit.
#[derive(Clone, Copy)]
pub(crate) struct Room {
    pub(crate) least: i64,
    pub(crate) most: i64,
}

impl<'a> Lint<'a> {
    /// The rule with yamllint's id, if it runs on the file: a repository that says nothing about
    /// YAML is judged only when somebody asks for `lint:yaml`.
    pub(crate) fn of(ctx: &'a Ctx<'_>, file: &'a File, id: &str) -> Option<Lint<'a>> {
        let all = ctx.repo.yaml_lint();
        if !all.is_configured() && !ctx.is_asked(CHECK) {
            return None;
        }
        let rule = YamlRule::of(id)?;
        let what = all.of(file).filter(|what| what.is_on(rule))?;
        Some(Lint {
            file,
            text: file.text(),
            rule,
            setting: all.setting(rule)?,
            what,
            compat: ctx.settings.compat_reference,
        })
    }

    /// All signs.
    pub(crate) fn tokens(&self) -> &'a [Token] {
        &self.file.yaml_tokens().tokens
    }

    /// All comments.
    pub(crate) fn comments(&self) -> &'a [Comment] {
        &self.file.yaml_tokens().comments
    }

    /// The text of a sign.
    pub(crate) fn text_of(&self, token: &Token) -> &'a str {
        token.span.of(self.text)
    }

    /// Every line without its ending; the last one may be empty.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Span> + 'a {
        let mut start = 0;
        self.text.split('\n').map(move |line| {
            let content = line.strip_suffix('\r').unwrap_or(line);
            let span = Span::new(start, start + content.len());
            start += line.len() + 1;
            span
        })
    }

    /// The number of a line, from 0.
    pub(crate) fn line_of(&self, offset: u32) -> usize {
        self.file.lines().line_of(offset)
    }

    /// The blanks a line begins with.
    pub(crate) fn indent_of(&self, line: usize) -> usize {
        let start = self.file.lines().start_of(line).unwrap_or(0) as usize;
        let rest = self.text.get(start..).unwrap_or("");
        rest.len() - rest.trim_start_matches(' ').len()
    }

    /// An option; `None` when it is not set.
    pub(crate) fn option(&self, name: &str) -> Option<&'a Node> {
        self.setting.option(name)
    }

    /// An option that is true or false.
    pub(crate) fn flag(&self, name: &str, default: bool) -> bool {
        let value = self.option(name).and_then(Node::as_bool);
        value.unwrap_or(default)
    }

    /// An option that is a number.
    pub(crate) fn number(&self, name: &str, default: i64) -> i64 {
        let value = self.option(name).and_then(Node::as_i64);
        value.unwrap_or(default)
    }

    /// An option that is text, or true or false.
    pub(crate) fn word(&self, name: &str, default: &'a str) -> &'a str {
        self.option(name).map_or(default, |node| word(node))
    }

    /// An option that is a list of texts; `None` when it is not set.
    pub(crate) fn words(&self, name: &str) -> Option<Vec<&'a str>> {
        let items = self.option(name)?.items();
        Some(items.iter().map(word).collect())
    }

    /// The blanks between a sign and the next one on its line.
    pub(crate) fn gap_after(&self, number: usize) -> Option<Span> {
        let (token, next) = (self.tokens().get(number)?, self.tokens().get(number + 1)?);
        (token.end_line == next.line).then(|| Span {
            start: token.span.end,
            end: next.span.start.max(token.span.end),
        })
    }

    /// The blanks between a sign and the one before it on its line.
    pub(crate) fn gap_before(&self, number: usize) -> Option<Span> {
        self.gap_after(number.checked_sub(1)?)
    }

    /// Reports a gap that is too narrow or too wide, and mends it.
    pub(crate) fn judge_gap(&self, out: &mut Findings, gap: Span, (room, place): (Room, &str)) {
        let width = i64::from(gap.end - gap.start);
        let (wanted, complaint) = if room.most >= 0 && width > room.most {
            (room.most, "too many blanks")
        } else if room.least >= 0 && width < room.least {
            (room.least, "too few blanks")
        } else {
            return;
        };
        let at = if gap.is_empty() {
            Span::new(
                gap.start as usize,
                gap.start as usize + self.width_at(gap.start),
            )
        } else {
            gap
        };
        let message = format!("{complaint} {place}: {width}");
        let Some(finding) = self.report(out, at, message) else {
            return;
        };
        let blanks = usize::try_from(wanted).unwrap_or(0);
        finding
            .help(match wanted {
                0 => "Write none.".to_owned(),
                1 => "Write one.".to_owned(),
                _ => format!("Write {wanted}."),
            })
            .fix(Fix {
                title: "Set the number of blanks".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![self.file.edit(gap, " ".repeat(blanks))],
            });
    }

    /// Reports a finding with its help.
    pub(crate) fn say<'o>(
        &self,
        out: &'o mut Findings,
        span: Span,
        (message, help): (String, &str),
    ) -> Option<&'o mut Diagnostic> {
        let finding = self.report(out, span, message)?;
        Some(finding.help(help))
    }

    fn width_at(&self, offset: u32) -> usize {
        let rest = self.text.get(offset as usize..).unwrap_or("");
        let next = rest.chars().next().filter(|next| *next != '\n');
        next.map_or(0, char::len_utf8)
    }

    /// Reports a finding unless a comment switches the rule off on the line where it begins.
    pub(crate) fn report<'o>(
        &self,
        out: &'o mut Findings,
        span: Span,
        message: impl Into<String>,
    ) -> Option<&'o mut Diagnostic> {
        if !self.what.is_on_line(self.rule, self.line_of(span.start)) {
            return None;
        }
        let finding = out.report(self.file.at(&span), message);
        finding.severity(if self.setting.is_warning || self.compat {
            Severity::Warning
        } else {
            Severity::Error
        });
        Some(finding)
    }
}

/// A rule that needs no configuration, on one file.
pub(crate) struct Everywhere<'a> {
    file: &'a File,
    what: Option<(&'a YamlFile, YamlRule)>,
    severity: Severity,
}

impl<'a> Everywhere<'a> {
    /// The rule, if it runs on the file: a configuration may leave the file out or switch off the
    /// rule of yamllint's that it is, and what is filled in before it is YAML is left alone.
    pub(crate) fn of(ctx: &'a Ctx<'_>, file: &'a File, id: Option<&str>) -> Option<Everywhere<'a>> {
        let all = ctx.repo.yaml_lint();
        let rule = id.and_then(YamlRule::of);
        let what = all.of(file);
        let left_out = all.is_configured()
            && what.is_none_or(|what| rule.is_some_and(|rule| !what.is_on(rule)));
        if file.problem().is_some() || left_out || is_template(ctx, file) {
            return None;
        }
        let setting = rule.and_then(|rule| all.setting(rule));
        let mild = setting.is_some_and(|setting| setting.is_warning)
            || ctx.settings.compat_reference
            || ctx.repo.is_kind(file, "test-data");
        Some(Everywhere {
            file,
            what: what.zip(rule),
            severity: if mild {
                Severity::Warning
            } else {
                Severity::Error
            },
        })
    }

    /// Reports a finding unless a comment switches the rule off on the line where it begins.
    pub(crate) fn report<'o>(
        &self,
        out: &'o mut Findings,
        span: Span,
        message: impl Into<String>,
    ) -> Option<&'o mut Diagnostic> {
        let line = self.file.lines().line_of(span.start);
        let off = self
            .what
            .is_some_and(|(what, rule)| !what.is_on_line(rule, line));
        if off {
            return None;
        }
        let finding = out.report(self.file.at(&span), message);
        Some(finding.severity(self.severity))
    }
}

/// Whether a file becomes YAML only when something fills it in: a chart's template, or a text
/// with marks of Go, Jinja or ERB. `${{ … }}` is an expression of GitHub and Azure Pipelines.
fn is_template(ctx: &Ctx<'_>, file: &File) -> bool {
    let path = file.path.as_str();
    let chart = path.rfind("templates/").is_some_and(|at| {
        let folder = path.get(..at).unwrap_or("");
        ctx.repo.file(&format!("{folder}Chart.yaml")).is_some()
    });
    let text = file.text();
    let marks = text.match_indices("{{").any(|(at, _)| {
        let before = text.get(..at).unwrap_or("");
        !before.ends_with(['$', '{'])
    });
    let workflow = path.starts_with(".github/");
    chart || text.contains("{%") || text.contains("<%") || (marks && !workflow)
}

/// Whether text stands without quotes and without a tag that says what it is.
pub(crate) fn is_bare(tokens: &[Token], number: usize) -> bool {
    let kind = |number: usize| tokens.get(number).map(|token| token.kind);
    let before = number.checked_sub(1).and_then(kind);
    kind(number) == Some(TokenKind::Plain) && before != Some(TokenKind::Tag)
}

/// The text of a value such as `true` or `'true'`.
fn word(node: &Node) -> &str {
    match &node.value {
        Value::String(text) | Value::Number(text) => text,
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => "",
    }
}
