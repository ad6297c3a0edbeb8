//! What a command line runs: every program, unwrapped from what runs it.

mod argv;
mod cmd;
mod decode;
mod expand;
mod expression;
mod output;
mod parameter;
mod scope;
mod script;
mod simple;
mod special;
mod started;
mod unwrap;
mod windows;
mod wrappers;

use crate::leaf::{Input, Leaf};
pub(crate) use argv::{Grammar, Reading, Style, read};
use scope::Scope;

/// Programs that run programs that run programs … are followed so far.
pub const MAX_DEPTH: usize = 16;
/// How many commands one call may run before nobody can oversee it.
const MAX_COMMANDS: usize = 4_000;

/// The language of a command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// POSIX shell and bash.
    Posix,
    /// PowerShell.
    PowerShell,
    /// The command interpreter of Windows.
    Cmd,
}

/// What a command line runs and writes.
#[derive(Debug, Default)]
pub struct Analysis {
    /// Every program, in the order in which they are met.
    pub leaves: Vec<Leaf>,
    /// What could not be told, by the rule that says what that means.
    pub doubts: Vec<Doubt>,
    /// Files that redirections write to.
    pub writes: Vec<Write>,
    /// Code of other languages that the command line holds.
    pub codes: Vec<Code>,
}

/// Something that only running the command would tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The rule about it.
    pub rule: &'static str,
    /// What it is about.
    pub text: String,
}

/// A file that a redirection writes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// Its path.
    pub path: String,
    /// The folder that the path starts from.
    pub folder: Option<String>,
}

/// Code in another language than a shell's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The program that runs it.
    pub program: String,
    /// The code.
    pub text: String,
    /// What the program was unwrapped from.
    pub via: Vec<String>,
}

/// Where a command stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    /// What it was unwrapped from.
    pub(crate) via: Vec<String>,
    /// How deep.
    pub(crate) depth: usize,
}

impl Place {
    /// Inside of something.
    pub(crate) fn inside(&self, what: impl Into<String>) -> Place {
        let mut via = self.via.clone();
        via.push(what.into());
        Place {
            via,
            depth: self.depth + 1,
        }
    }
}

/// Tells what a command line runs.
pub fn analyse(text: &str, shell: Shell) -> Analysis {
    let mut reader = Reader::default();
    let scope = Scope {
        positional: Some(Vec::new()),
        ..Scope::default()
    };
    reader.text(text, shell, (&scope, &Place::default()));
    reader.found
}

/// Collects what commands run.
#[derive(Default)]
pub(crate) struct Reader {
    found: Analysis,
    commands: usize,
}

impl Reader {
    /// Reads a text of commands; what it leaves behind for those that read it as their own.
    pub(crate) fn text(
        &mut self,
        text: &str,
        shell: Shell,
        (scope, place): (&Scope<'_>, &Place),
    ) -> Option<scope::Names> {
        if place.depth > MAX_DEPTH {
            self.doubt("deeply-wrapped-command", text);
            return None;
        }
        match shell {
            Shell::Posix => return Some(self.posix(text, scope, place)),
            Shell::PowerShell => self.powershell(text, scope, place),
            Shell::Cmd => self.cmd(text, scope, place),
        }
        None
    }

    /// Records what could not be told.
    pub(crate) fn doubt(&mut self, rule: &'static str, text: &str) {
        let doubt = Doubt {
            rule,
            text: text.to_owned(),
        };
        if !self.found.doubts.contains(&doubt) {
            self.found.doubts.push(doubt);
        }
    }

    /// Records a file that is written to.
    pub(crate) fn writes(&mut self, path: &str, folder: Option<&String>) {
        self.found.writes.push(Write {
            path: path.to_owned(),
            folder: folder.cloned(),
        });
    }

    /// Records code of another language.
    pub(crate) fn code(&mut self, program: &str, text: &str, place: &Place) {
        self.found.codes.push(Code {
            program: program.to_owned(),
            text: text.to_owned(),
            via: place.via.clone(),
        });
    }

    /// Whether one more command may be looked at.
    fn counts(&mut self) -> bool {
        self.commands += 1;
        if self.commands == MAX_COMMANDS {
            self.doubt("endless-command", "");
        }
        self.commands < MAX_COMMANDS
    }

    /// What a program reads, judged as commands of a shell.
    pub(crate) fn input(&mut self, input: &Input, shell: Shell, at: (&Scope<'_>, &Place)) {
        match input {
            Input::Text(text) => {
                self.text(text, shell, at);
            }
            Input::Download => self.doubt("downloaded-script", ""),
            Input::Output => self.doubt("unknown-script", ""),
            Input::None | Input::File(_) => {}
        }
    }
}
