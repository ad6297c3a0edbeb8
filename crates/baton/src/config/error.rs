//! Something wrong in a configuration file, at its place.

use std::fmt;

use baton_source::{LineIndex, Severity, Span};

use crate::output::excerpt::{Excerpt, render};
use crate::terminal::Terminal;

/// Something wrong in a configuration file.
#[derive(Debug)]
pub(crate) struct ConfigError {
    /// The file, as it is shown.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
    /// The place.
    pub(crate) span: Span,
    /// What is wrong.
    pub(crate) message: String,
    /// How to mend it.
    pub(crate) help: Option<String>,
}

impl ConfigError {
    /// The message with the lines it is about.
    pub(crate) fn render(&self, terminal: Terminal) -> String {
        let excerpt = Excerpt {
            severity: Severity::Error,
            title: "error:".to_owned(),
            message: &self.message,
            path: &self.path,
            text: &self.text,
            lines: &LineIndex::new(&self.text),
            span: Some(self.span),
            labels: Vec::new(),
            hidden: &[],
            help: self.help.clone(),
        };
        render(terminal, &excerpt)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = LineIndex::new(&self.text).locate(&self.text, self.span.start);
        write!(
            f,
            "{}:{}:{}: {}",
            self.path, place.line, place.column, self.message
        )
    }
}

impl std::error::Error for ConfigError {}
