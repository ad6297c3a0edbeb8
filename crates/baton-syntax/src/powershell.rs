//! Commands of PowerShell, as far as telling what they run needs it.
//!
//! Statements are words between blanks, commas and pipes; words keep their quoting, variables
//! and what stands in parentheses and braces. Operators of expressions are words like others,
//! and keywords are commands with blocks. Nothing is expanded or run.

mod cursor;
mod quotes;
#[cfg(test)]
mod tests;

use baton_source::{Span, Spanned, SyntaxError};

/// Nesting beyond this is reported and not read.
pub const MAX_DEPTH: usize = 128;

/// One text of commands, or what stands in parentheses or braces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// What it runs, in order.
    pub pipelines: Vec<Pipeline>,
}

/// Commands joined by `|`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pipeline {
    /// From the first command to the last.
    pub span: Span,
    /// At least one.
    pub commands: Vec<Command>,
}

/// One command or expression.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Command {
    /// All of it.
    pub span: Span,
    /// Its words; those of an expression are its operands and operators.
    pub words: Vec<Word>,
    /// Where its output goes.
    pub redirections: Vec<Redirection>,
}

/// `> file`, `2>&1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirection {
    /// All of it.
    pub span: Span,
    /// The operator with the stream before it.
    pub operator: String,
    /// The file; `None` where another stream or nothing stands.
    pub target: Option<Word>,
}

/// A word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// All of it, quotes included.
    pub span: Span,
    /// What it is made of.
    pub parts: Vec<Part>,
    /// Whether a comma joins it to the word before it.
    pub joined: bool,
}

/// A part of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// All of it.
    pub span: Span,
    /// What it is.
    pub kind: PartKind,
}

/// The kinds of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartKind {
    /// Text outside quotes, backticks removed.
    Literal(String),
    /// `'…'` or `@'…'@`.
    SingleQuoted(String),
    /// `"…"` or `@"…"@`.
    DoubleQuoted(Vec<Part>),
    /// `$name`, `${name}` or `$scope:name`, without the `$`.
    Variable(String),
    /// `$(…)`, `(…)` or `@(…)`.
    Group(Script),
    /// `{…}`.
    Block(Script),
    /// `@{…}`: keys and values are read as commands, but are none.
    Table(Script),
}

/// Reads commands; what could not be read is reported beside them.
pub fn parse(text: &str) -> (Script, Vec<SyntaxError>) {
    let mut cursor = cursor::Cursor::new(text);
    let script = cursor.script(None);
    (script, cursor.errors)
}

impl Word {
    /// The text it stands for; `None` when only running the command would tell.
    pub fn static_text(&self) -> Option<String> {
        let mut text = String::new();
        append(&self.parts, &mut text).then_some(text)
    }

    /// The text when nothing of it is quoted or expanded.
    pub fn bare(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [
                Part {
                    kind: PartKind::Literal(text),
                    ..
                },
            ] => Some(text),
            _ => None,
        }
    }
}

fn append(parts: &[Part], text: &mut String) -> bool {
    parts.iter().all(|part| match &part.kind {
        PartKind::Literal(piece) | PartKind::SingleQuoted(piece) => {
            text.push_str(piece);
            true
        }
        PartKind::DoubleQuoted(parts) => append(parts, text),
        _ => false,
    })
}

macro_rules! spanned {
    ($($kind:ty),+) => {
        $(impl Spanned for $kind {
            fn span(&self) -> Span {
                self.span
            }
        })+
    };
}

spanned!(Pipeline, Command, Redirection, Word, Part);
