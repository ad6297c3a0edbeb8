//! Arguments of `guard`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

pub(crate) const EXPLAIN_EXAMPLES: &str = "\
Examples:
  baton guard explain 'sudo rm -rf /'
  baton guard explain --shell powershell 'Remove-Item -Recurse C:\\'
  baton guard explain --json 'git push -f' | jq .verdict.decision

Every program the command runs is shown with its words, what it was unwrapped from, and the rules
that speak of it. Nothing is run.

Exit codes: 0 the command may run, 1 a person is asked or it is denied, 2 baton could not do its job.";

pub(crate) const TEST_EXAMPLES: &str = "\
Example: baton guard test guard-cases.tsv

A line is `allow`, `ask` or `deny`, a tab, and a command; `bash`, `powershell` or `cmd` and another
tab may stand between. `\u{2424}` stands for a line break. Lines that begin with `#` are left out.

Exit codes: 0 all decided as expected, 1 some are not, 2 the file cannot be read or holds a line
that is no case.";

/// What to ask the guard.
#[derive(Debug, Subcommand)]
pub(crate) enum GuardCommand {
    /// Show how the guard reads a command, and what it decides
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain {
        /// The command, or `-` for standard input
        #[arg(value_name = "COMMAND", allow_hyphen_values = true)]
        command: String,
        /// The shell it is written for
        #[arg(long, value_enum, default_value_t = ShellName::Bash, value_name = "SHELL")]
        shell: ShellName,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Compare what the guard decides of commands with what a file expects
    #[command(after_help = TEST_EXAMPLES)]
    Test {
        /// The file, or `-` for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// The shells whose commands are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShellName {
    /// POSIX shell and bash
    Bash,
    /// PowerShell
    #[value(name = "powershell")]
    PowerShell,
    /// The command interpreter of Windows
    Cmd,
}
