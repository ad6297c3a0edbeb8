//! Files of commands with what should be decided of each.
//!
//! A line is a decision, a tab, and a command; the name of a shell and another tab may stand
//! between. `␤` stands for a line break in a command. Empty lines and those that begin with `#`
//! are left out.

use crate::command::Shell;
use crate::verdict::Decision;

/// What stands for a line break in a command.
const LINE_BREAK: char = '\u{2424}';

/// A command and what should be decided of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The line's number, from 1.
    pub line: usize,
    /// What should be decided.
    pub expected: Decision,
    /// The shell it is written for; `None` where the line names none.
    pub shell: Option<Shell>,
    /// The command.
    pub command: String,
}

/// Reads a file; lines that are no cases are answered with their numbers and why.
pub fn read(text: &str) -> (Vec<Case>, Vec<(usize, String)>) {
    let mut cases = Vec::new();
    let mut faults = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        match case(line, index + 1) {
            Ok(case) => cases.push(case),
            Err(fault) => faults.push((index + 1, fault)),
        }
    }
    (cases, faults)
}

fn case(text: &str, line: usize) -> Result<Case, String> {
    let Some((decision, rest)) = text.split_once('\t') else {
        return Err("no tab separates the decision from the command".to_owned());
    };
    let expected = match decision.trim() {
        "allow" => Decision::Allow,
        "ask" => Decision::Ask,
        "deny" => Decision::Deny,
        other => return Err(format!("`{other}` is none of allow, ask and deny")),
    };
    let named = rest
        .split_once('\t')
        .and_then(|(name, rest)| Some((shell(name)?, rest)));
    let (shell, command) = named.map_or((None, rest), |(shell, rest)| (Some(shell), rest));
    if command.trim().is_empty() {
        return Err("there is no command".to_owned());
    }
    Ok(Case {
        line,
        expected,
        shell,
        command: command.replace(LINE_BREAK, "\n"),
    })
}

/// The shell of this name.
pub fn shell(name: &str) -> Option<Shell> {
    match name {
        "bash" | "sh" => Some(Shell::Posix),
        "powershell" | "pwsh" => Some(Shell::PowerShell),
        "cmd" => Some(Shell::Cmd),
        _ => None,
    }
}
