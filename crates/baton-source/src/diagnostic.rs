//! What a rule has to say.

use std::fmt;
use std::str::FromStr;

use crate::{Edit, FileId, Span};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Fails a gate.
    Error,
    /// Should be looked at.
    Warning,
    /// Only told.
    Info,
}

/// A place in a file, or the file as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The place; `None` for the file as a whole.
    pub span: Option<Span>,
}

/// Another place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where, in any file.
    pub at: Location,
    /// What is there.
    pub message: String,
}

/// Who may apply a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// `--fix` applies it: the meaning stays.
    Safe,
    /// Only `--unsafe-fixes` applies it: the meaning may change.
    Unsafe,
    /// Never applied, only shown.
    Display,
}

/// A change that makes a finding go away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an imperative.
    pub title: String,
    /// Who may apply it.
    pub applicability: Applicability,
    /// The changes; all or none are applied.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Slug of the rule; filled in by the checker.
    pub rule: &'static str,
    /// After configuration; filled in by the checker.
    pub severity: Severity,
    /// Where it is.
    pub at: Location,
    /// What is wrong: one sentence without a full stop.
    pub message: String,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// How to mend it: one imperative sentence with a full stop.
    pub help: Option<String>,
    /// A change that mends it.
    pub fix: Option<Fix>,
}

impl Severity {
    /// The word for it: `error`, `warning` or `info`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Severity {
    type Err = ();

    fn from_str(word: &str) -> Result<Severity, ()> {
        match word {
            "error" => Ok(Severity::Error),
            "warning" => Ok(Severity::Warning),
            "info" => Ok(Severity::Info),
            _ => Err(()),
        }
    }
}

impl Applicability {
    /// The word for it: `safe`, `unsafe` or `display`.
    pub fn as_str(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
            Applicability::Display => "display",
        }
    }
}

impl Diagnostic {
    /// Adds how to mend it.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that explains it.
    pub fn label(&mut self, at: Location, message: impl Into<String>) -> &mut Diagnostic {
        self.labels.push(Label {
            at,
            message: message.into(),
        });
        self
    }

    /// Adds a change that mends it.
    pub fn fix(&mut self, fix: Fix) -> &mut Diagnostic {
        self.fix = Some(fix);
        self
    }

    /// Overrides the rule's own severity for this finding.
    pub fn severity(&mut self, severity: Severity) -> &mut Diagnostic {
        self.severity = severity;
        self
    }
}

impl From<FileId> for Location {
    fn from(file: FileId) -> Location {
        Location { file, span: None }
    }
}
