//! Reports for people and programs, one module per format.

mod concise;
pub(crate) mod excerpt;
mod full;
mod github;
mod json;
mod junit;
mod markdown;
mod notices;
mod sarif;
#[cfg(test)]
mod secret_tests;
mod statistics;
mod summary;
#[cfg(test)]
mod tests;
mod wire;

use std::io::{self, Write};

use baton_check::{CheckConfig, Report};
use baton_repo::Repo;
use baton_rules::{RULES, RuleMeta};
use baton_source::{Diagnostic, LineColumn, Location, RepoPath, Severity};

use crate::cli::Format;
use crate::terminal::Terminal;

pub(crate) use notices::{Reader, failures, notices};
pub(crate) use sarif::strip_front_matter;
pub(crate) use statistics::write as statistics;
pub(crate) use summary::{line as summary_line, plural, summary};

/// Everything a format may show.
pub(crate) struct Shown<'a> {
    /// The repository that was judged.
    pub(crate) repo: &'a Repo,
    /// The outcome.
    pub(crate) report: &'a Report,
    /// How the run was configured.
    pub(crate) config: &'a CheckConfig,
    /// The least severity that fails the run.
    pub(crate) fail_on: Severity,
    /// Slug and path of the fixes that were applied.
    pub(crate) fixed: &'a [(&'static str, RepoPath)],
}

/// A place for people and programs: lines and columns from 1, ends exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place<'a> {
    /// The file.
    pub(crate) path: &'a str,
    /// Start and end; `None` for the file as a whole.
    pub(crate) range: Option<(LineColumn, LineColumn)>,
}

/// Writes a report in a format.
pub(crate) fn write(
    out: &mut dyn Write,
    format: Format,
    shown: &Shown<'_>,
    terminal: Terminal,
) -> io::Result<()> {
    match format {
        Format::Full => full::write(out, shown, terminal),
        Format::Concise => concise::write(out, shown, terminal),
        Format::Json => json::write(out, shown),
        Format::Jsonl => json::write_lines(out, shown),
        Format::Sarif => sarif::write(out, shown),
        Format::Github => github::write(out, shown),
        Format::Junit => junit::write(out, shown),
        Format::Markdown => markdown::write(out, shown),
    }
}

/// What the document of a rule says about it.
pub(crate) fn meta(slug: &str) -> Option<&'static RuleMeta> {
    let at = RULES
        .binary_search_by(|rule| rule.meta.slug.cmp(slug))
        .ok()?;
    RULES.get(at).map(|rule| &rule.meta)
}

impl Shown<'_> {
    /// Where a location is.
    pub(crate) fn place(&self, at: Location) -> Place<'_> {
        let Some(file) = self.repo.by_id(at.file) else {
            return Place {
                path: "",
                range: None,
            };
        };
        let locate = |offset| file.lines().locate(file.text(), offset);
        Place {
            path: file.path.as_str(),
            range: at.span.map(|span| (locate(span.start), locate(span.end))),
        }
    }

    /// Whether a finding fails the run.
    pub(crate) fn fails(&self, finding: &Diagnostic) -> bool {
        finding.severity <= self.fail_on
    }
}

impl Place<'_> {
    /// `path:line:column`, or the path alone.
    pub(crate) fn colons(&self) -> String {
        match self.range {
            Some((start, _)) => format!("{}:{}:{}", self.path, start.line, start.column),
            None => self.path.to_owned(),
        }
    }
}
