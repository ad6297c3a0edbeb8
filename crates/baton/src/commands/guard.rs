//! `baton guard`: what the guard of agent hooks thinks of commands.

mod explain;
mod test;

use std::path::Path;

use anyhow::Result;
use baton_guard::Shell;

use crate::cli::{GuardCommand, ShellName};
use crate::exit::Verdict;

/// Runs the command.
pub(super) fn guard(command: &GuardCommand) -> Result<Verdict> {
    match command {
        GuardCommand::Explain {
            command,
            shell,
            json,
        } => {
            let text = match command.as_str() {
                "-" => super::text_of(Path::new("-"))?,
                text => text.to_owned(),
            };
            let shell = shell_of(*shell);
            if *json {
                explain::as_json(&text, shell)
            } else {
                explain::as_text(&text, shell)
            }
        }
        GuardCommand::Test { file } => test::test(file),
    }
}

fn shell_of(name: ShellName) -> Shell {
    match name {
        ShellName::Bash => Shell::Posix,
        ShellName::PowerShell => Shell::PowerShell,
        ShellName::Cmd => Shell::Cmd,
    }
}
