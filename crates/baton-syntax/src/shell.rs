//! Commands of POSIX shell and bash, and where they stand.
//!
//! The tree keeps what decides what a command does: words with their quoting, expansions
//! with what they run, redirections, and who looks at the exit status. Nothing is expanded
//! or run. Prompts of transcripts are not commands: see [`Excerpt::console`].

mod braces;
mod compound;
mod cursor;
mod expansion;
mod here_doc;
mod list;
mod parameter;
mod redirection;
mod simple;
#[cfg(test)]
mod tests;
mod visit;
mod word;
mod wrapper;

use baton_source::{Span, Spanned, SyntaxError};

use crate::excerpt::Excerpt;

pub use visit::{Context, Status, Visit};
pub use wrapper::{Inner, inner};

/// Nesting beyond this is reported and not read.
pub const MAX_DEPTH: usize = 128;

/// One text of commands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// What it runs.
    pub list: List,
    /// Bodies of here-documents; a redirection names its own by its place here.
    pub here_docs: Vec<HereDoc>,
    /// Comments without their line endings, in the order in which they were read.
    pub comments: Vec<Span>,
    /// Whether the first line asks for `set -e` (`#!/bin/sh -e`).
    pub errexit: bool,
}

/// Commands one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// All of it.
    pub span: Span,
    /// What it runs, in order.
    pub statements: Vec<Statement>,
}

/// Pipelines joined by `&&` and `||`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// From the first pipeline to the last.
    pub span: Span,
    /// At least one.
    pub pipelines: Vec<Pipeline>,
    /// What joins each pipeline to the next.
    pub joints: Vec<Joint>,
    /// Whether `&` ends it.
    pub background: bool,
}

/// What joins two pipelines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// `&&`.
    And,
    /// `||`.
    Or,
}

/// Commands joined by `|` or `|&`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pipeline {
    /// From `!`, `time` or the first command to the last.
    pub span: Span,
    /// Whether an odd number of `!` stands before it.
    pub negated: bool,
    /// At least one, unless only `!` or `time` is written.
    pub commands: Vec<Command>,
}

/// One command and its redirections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// All of it.
    pub span: Span,
    /// What it is.
    pub kind: CommandKind,
    /// Redirections in order; those of a simple command may stand among its words.
    pub redirections: Vec<Redirection>,
}

/// The kinds of commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandKind {
    /// Assignments and words.
    Simple(Simple),
    /// `( … )`.
    Subshell(List),
    /// `{ …; }`.
    Group(List),
    /// `if`, each `elif`, `else`.
    If {
        /// Conditions and what follows them.
        branches: Vec<(List, List)>,
        /// After `else`.
        otherwise: Option<List>,
    },
    /// `while` and `until`.
    Loop {
        /// What is asked before each round.
        condition: List,
        /// What is done in it.
        body: List,
    },
    /// `for` and `select`.
    For {
        /// The name that takes each value.
        variable: Word,
        /// The values; `None` stands for the positional parameters.
        values: Option<Vec<Word>>,
        /// What is done for each.
        body: List,
    },
    /// `for (( … ))`.
    ArithmeticFor {
        /// What stands in the parentheses.
        expression: Vec<Part>,
        /// What is done in each round.
        body: List,
    },
    /// `case`.
    Case {
        /// What is compared.
        subject: Word,
        /// Patterns and what follows them.
        arms: Vec<(Vec<Word>, List)>,
    },
    /// `name() …` or `function name …`.
    Function {
        /// Its name.
        name: Word,
        /// What it does; `None` when that is not written.
        body: Option<Box<Command>>,
    },
    /// `[[ … ]]`: operands and operators alike are words.
    Test(Vec<Word>),
    /// `(( … ))`.
    Arithmetic(Vec<Part>),
    /// `coproc …`; `None` when nothing follows.
    Coprocess(Option<Box<Command>>),
}

/// A command of assignments and words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Simple {
    /// Assignments before the first word.
    pub assignments: Vec<Assignment>,
    /// The command's name and its arguments.
    pub words: Vec<Word>,
}

/// `name=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// All of it.
    pub span: Span,
    /// The variable.
    pub name: String,
    /// What stands in the brackets of `name[…]=value`.
    pub subscript: Option<Vec<Part>>,
    /// Whether it is written `+=`.
    pub append: bool,
    /// The value; an array is a word of one [`PartKind::Array`].
    pub value: Word,
}

/// A redirection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirection {
    /// All of it, but not the body of a here-document.
    pub span: Span,
    /// What stands directly before the operator: `2`, `{name}`.
    pub descriptor: Option<String>,
    /// What it does.
    pub operator: RedirectionOperator,
    /// The file, the descriptor, the text, or the delimiter of a here-document.
    pub target: Word,
    /// Where in [`Script::here_docs`] the body is.
    pub here_doc: Option<usize>,
}

/// The kinds of redirections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectionOperator {
    /// `<`.
    Read,
    /// `>`.
    Write,
    /// `>|`.
    Clobber,
    /// `>>`.
    Append,
    /// `<>`.
    ReadWrite,
    /// `<&`.
    DuplicateInput,
    /// `>&`; with a file's name it is [`RedirectionOperator::WriteBoth`] to bash.
    DuplicateOutput,
    /// `&>`.
    WriteBoth,
    /// `&>>`.
    AppendBoth,
    /// `<<`.
    HereDoc,
    /// `<<-`.
    HereDocTabs,
    /// `<<<`.
    HereString,
}

/// The body of a here-document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HereDoc {
    /// The lines between the command's line and the delimiter's.
    pub span: Span,
    /// Its text and expansions; only text when the delimiter is quoted.
    pub parts: Vec<Part>,
    /// Whether the delimiter is quoted, so that nothing is expanded.
    pub quoted: bool,
    /// Whether a line with the delimiter ends it.
    pub closed: bool,
}

/// A word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// All of it, quotes included.
    pub span: Span,
    /// What it is made of; empty only where an assignment has no value.
    pub parts: Vec<Part>,
}

/// A part of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// All of it, quotes included.
    pub span: Span,
    /// What it is.
    pub kind: PartKind,
}

/// The kinds of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartKind {
    /// Text as written.
    Literal(String),
    /// What a backslash protects, without the backslash.
    Escaped(String),
    /// `'…'`, without the quotes.
    SingleQuoted(String),
    /// `$'…'`, decoded.
    AnsiQuoted(String),
    /// `"…"` or `$"…"`.
    DoubleQuoted(Vec<Part>),
    /// `~` or `~name` at the start, with the tilde.
    Tilde(String),
    /// `$name` or `${…}`.
    Parameter(Box<Parameter>),
    /// `$(…)` or backticks.
    Substitution(List),
    /// `$((…))` or `$[…]`.
    Arithmetic(Vec<Part>),
    /// `<(…)` or `>(…)`.
    Process(List),
    /// `*`, `?`, the `[` of a bracket expression, or an extended pattern with what stands
    /// in its parentheses.
    Glob(Vec<Part>),
    /// `{a,b}` with its alternatives; a range as `{1..9}` is one alternative.
    Braces(Vec<Vec<Part>>),
    /// The values of an array.
    Array(Vec<Word>),
}

/// `$name` or `${…}`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parameter {
    /// Its name, a number, or a sign as `@`; empty when there is none.
    pub name: String,
    /// `#` for the length, `!` for the variable it names, or nothing.
    pub prefix: String,
    /// What stands in the brackets.
    pub subscript: Option<Vec<Part>>,
    /// What is done with it: `:-`, `##`, `/` … or nothing.
    pub operator: String,
    /// What follows the operator.
    pub argument: Vec<Part>,
}

/// Reads commands; what could not be read is reported beside them.
pub fn parse(text: &str) -> (Script, Vec<SyntaxError>) {
    cursor::parse(text, &[])
}

/// Reads commands that stand in pieces in a larger text; every place is one in that text.
pub fn parse_excerpt(excerpt: &Excerpt) -> (Script, Vec<SyntaxError>) {
    cursor::parse(&excerpt.text, &excerpt.pieces)
}

impl Script {
    /// The simple commands, also those in substitutions, functions and here-documents,
    /// with what becomes of their exit status.
    pub fn simple_commands(&self) -> Vec<Visit<'_>> {
        visit::simple_commands(self)
    }

    /// The redirections, also those of compound commands.
    pub fn redirections(&self) -> Vec<&Redirection> {
        visit::redirections(self)
    }

    /// The body of a here-document.
    pub fn here_doc(&self, redirection: &Redirection) -> Option<&HereDoc> {
        self.here_docs.get(redirection.here_doc?)
    }
}

impl Word {
    /// The text it stands for, quotes and backslashes removed; `None` when only running
    /// the command would tell, or when it may become several words.
    pub fn static_text(&self) -> Option<String> {
        let mut text = String::new();
        word::static_text(&self.parts, &mut text).then_some(text)
    }

    /// The same text with the places of its pieces, to be read as commands.
    pub fn static_excerpt(&self) -> Option<Excerpt> {
        let mut excerpt = Excerpt::default();
        word::static_excerpt(&self.parts, &mut excerpt).then_some(excerpt)
    }

    /// The text as far as it is known, with `*` for what is not.
    pub fn known_text(&self) -> String {
        let mut text = String::new();
        word::known_text(&self.parts, &mut text);
        text
    }

    /// The text when nothing of it is quoted or expanded.
    pub fn bare(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [one] => one.bare(),
            _ => None,
        }
    }
}

impl Part {
    /// The text when it is not quoted or expanded.
    fn bare(&self) -> Option<&str> {
        match &self.kind {
            PartKind::Literal(text) => Some(text),
            _ => None,
        }
    }
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

spanned!(
    List,
    Statement,
    Pipeline,
    Command,
    Assignment,
    Redirection,
    HereDoc,
    Word,
    Part
);
