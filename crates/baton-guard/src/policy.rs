//! What the owner of a repository wants of the guard.

use baton_syntax::shell::{self, Word};
use serde::Serialize;

use crate::verdict::Severity;

/// What the guard does with what it finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// It tells, and lets the call go ahead.
    Warn,
    /// It stops the call, or has a person asked.
    #[default]
    Block,
}

/// What the owner of a repository wants of the guard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// What is done with what is found.
    pub mode: Mode,
    /// What is less severe than this is told and decides nothing.
    pub threshold: Severity,
    /// Commands that may run whatever the rules say of them.
    pub allow: Vec<AllowEntry>,
    /// Patterns of further files that agents must not change; see [`baton_syntax::glob`].
    pub protected: Vec<String>,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            mode: Mode::default(),
            threshold: Severity::Medium,
            allow: Vec::new(),
            protected: Vec::new(),
        }
    }
}

/// An entry of the allow list: how the words of a command begin.
///
/// It lets one command pass, not the line that command stands in, and never an edit of what
/// the guard itself depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AllowEntry {
    /// The entry as its owner wrote it.
    pub source: String,
    /// The words with which a command must begin.
    pub argv: Vec<String>,
}

impl AllowEntry {
    /// Reads an entry; the message tells why it cannot be one.
    pub fn parse(source: &str) -> Result<AllowEntry, String> {
        let source = source.trim();
        let (script, errors) = shell::parse(source);
        let commands = script.simple_commands();
        let only = match (commands.as_slice(), errors.is_empty()) {
            ([only], true) if only.whole.redirections.is_empty() => only.command,
            _ => {
                return Err(format!(
                    "`{source}` is not the beginning of one command, so it allows nothing"
                ));
            }
        };
        let words = only.words.iter().map(Word::static_text);
        let argv: Option<Vec<String>> = words.collect();
        match argv.filter(|argv| !argv.is_empty() && only.assignments.is_empty()) {
            Some(argv) => Ok(AllowEntry {
                source: source.to_owned(),
                argv,
            }),
            None => Err(format!(
                "`{source}` holds an assignment or an expansion, so it allows nothing"
            )),
        }
    }

    /// Whether a command begins with the words of this entry.
    pub fn covers(&self, argv: &[String]) -> bool {
        argv.len() >= self.argv.len() && self.argv.iter().zip(argv).all(|(own, word)| own == word)
    }
}

#[cfg(test)]
mod tests;
