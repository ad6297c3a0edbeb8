//! The words that options take.

use baton_check::external::Profile;
use baton_source::Severity;
use clap::ValueEnum;

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless the environment says otherwise.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With excerpts, for people
    #[default]
    Full,
    /// One line per finding
    Concise,
    /// One JSON document, see schemas/report.v1.schema.json
    Json,
    /// One JSON object per line, the last one a summary
    Jsonl,
    /// SARIF 2.1.0
    Sarif,
    /// Annotations of GitHub workflows
    Github,
    /// JUnit XML
    Junit,
    /// A Markdown table, for step summaries
    Markdown,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Table,
    /// For programs
    Json,
}

/// The suites whose verdicts can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Compat {
    /// The suite the names of the checks come from
    Reference,
}

/// The checks that `all` stands for, derived from their tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProfileName {
    /// Those tagged `ci`; tools must be there
    Ci,
    /// Those tagged `local` that need no network
    Local,
    /// Those of `local` that are not `slow`
    PreCommit,
}

impl From<ProfileName> for Profile {
    fn from(word: ProfileName) -> Profile {
        match word {
            ProfileName::Ci => Profile::Ci,
            ProfileName::Local => Profile::Local,
            ProfileName::PreCommit => Profile::PreCommit,
        }
    }
}

/// The least severity that fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Only errors
    Error,
    /// Errors and warnings
    Warning,
    /// Everything
    Info,
}

impl From<FailOn> for Severity {
    fn from(word: FailOn) -> Severity {
        match word {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Info => Severity::Info,
        }
    }
}
