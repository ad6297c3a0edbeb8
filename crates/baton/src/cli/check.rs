//! Arguments of the commands that check.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::known::{self, Known};
use super::words::{Compat, FailOn, Format, ProfileName};

pub(super) const CHECK_EXAMPLES: &str = "\
Examples:
  baton check                           Everything below the repository's root
  baton check --select validate:agents,misordered-h2
  baton check --ignore iac --fail-on warning
  baton check --diff                    Show what --fix would change
  baton check --staged                  What is staged, as a pre-commit hook wants it
  baton check --since origin/main       What this branch changes
  baton check agent-output/shop/01-requirements.md --select check:h2-order
  baton check --watch                   Check again whenever a file is saved
  git show :a.md | baton check --stdin-filename a.md

A selector is a check (`validate:artifacts`), a family (`agents`) or a rule; see `baton checks`
and `baton rules`.";

pub(super) const VALIDATE_EXAMPLES: &str = "\
Examples:
  baton validate artifacts session-state
  baton validate all                    All checks, and the tools of others that are installed
  baton validate all --profile ci       The same and what needs the network; a missing tool is exit 2
  baton validate all --online           The same, and whether links on the web are alive
  baton validate all --skip-external    Nothing but our own checks

`baton checks` lists the checks and their tags.";

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
#[command(group = clap::ArgGroup::new("range").conflicts_with_all(["paths", "stdin_filename"]))]
pub(crate) struct CheckArgs {
    /// Files and folders to check; without any, everything below the root
    #[arg(value_name = "PATHS")]
    pub(crate) paths: Vec<PathBuf>,
    /// Check what is staged, as it is in the index
    #[arg(long, group = "range", help_heading = "Git")]
    pub(crate) staged: bool,
    /// Check what differs from a commit: staged, unstaged and untracked [default REF: HEAD]
    #[arg(
        long,
        value_name = "REF",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "HEAD",
        group = "range",
        help_heading = "Git"
    )]
    pub(crate) changed: Option<String>,
    /// Check what changed after the work left REF
    #[arg(long, value_name = "REF", group = "range", help_heading = "Git")]
    pub(crate) since: Option<String>,
    /// Read a text from standard input and judge it as this file
    #[arg(long, value_name = "PATH", conflicts_with = "paths")]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// Check again whenever a file is saved, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "stdin_filename"])]
    pub(crate) watch: bool,
    /// The options that all checking commands share.
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Arguments of `validate`, `lint` and `fix`.
#[derive(Debug, Args)]
pub(crate) struct NamedArgs {
    /// Names of checks, or `all`
    #[arg(
        value_name = "NAME",
        required = true,
        value_parser = Known(known::short_names),
        hide_possible_values = true
    )]
    pub(crate) names: Vec<String>,
    /// With `all`: run what needs the network too, links on the web among the rest
    #[arg(
        long,
        conflicts_with = "skip_external",
        help_heading = "Tools of others"
    )]
    pub(crate) online: bool,
    /// With `branch-naming` and `branch-scope`: the branch that is meant [default: HEAD's]
    #[arg(long, value_name = "NAME", help_heading = "Git")]
    pub(crate) branch: Option<String>,
    /// The options that all checking commands share.
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Options of every command that checks.
#[derive(Debug, Clone, Default, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct RunArgs {
    /// Run only these checks, families and rules
    #[arg(
        long,
        value_name = "SELECTOR",
        value_delimiter = ',',
        value_parser = Known(known::selectors),
        hide_possible_values = true,
        help_heading = "Rules"
    )]
    pub(crate) select: Vec<String>,
    /// Leave these checks, families and rules out
    #[arg(
        long,
        value_name = "SELECTOR",
        value_delimiter = ',',
        value_parser = Known(known::selectors),
        hide_possible_values = true,
        help_heading = "Rules"
    )]
    pub(crate) ignore: Vec<String>,
    /// Have checks of style that are selected, such as lint:md, judge only what the repository
    /// configures, not their defaults
    #[arg(long, help_heading = "Rules")]
    pub(crate) configured_only: bool,
    /// Judge as the reference suite does where baton is deliberately better
    #[arg(long, value_enum, value_name = "SUITE", help_heading = "Rules")]
    pub(crate) compat: Option<Compat>,
    /// The configuration file to use instead of the nearest baton.toml
    #[arg(long, value_name = "FILE", help_heading = "Rules")]
    pub(crate) config: Option<PathBuf>,
    /// Set aside the findings this file records, see `baton baseline`
    #[arg(long, value_name = "FILE", help_heading = "Rules")]
    pub(crate) baseline: Option<PathBuf>,
    /// Take configuration, baseline and comments that suppress only as they stand in this commit
    #[arg(long, value_name = "REF", help_heading = "Rules")]
    pub(crate) suppressions_from: Option<String>,
    /// Apply safe fixes
    #[arg(long, help_heading = "Fixing")]
    pub(crate) fix: bool,
    /// Apply fixes that may change the meaning as well
    #[arg(long, help_heading = "Fixing")]
    pub(crate) unsafe_fixes: bool,
    /// Show what fixing would change, and write nothing
    #[arg(long, help_heading = "Fixing", conflicts_with = "statistics")]
    pub(crate) diff: bool,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Full, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) output_format: Format,
    /// The file to write the report to
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) output_file: Option<PathBuf>,
    /// Show figures by rule and by check instead of findings
    #[arg(long, help_heading = "Output")]
    pub(crate) statistics: bool,
    /// The least severity that makes the exit code 1 [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Output")]
    pub(crate) fail_on: Option<FailOn>,
    /// Exit with 0 even when there are findings
    #[arg(long, help_heading = "Output")]
    pub(crate) exit_zero: bool,
    /// The checks that `all` stands for [default: local]; `check` runs them beside our own
    #[arg(
        long,
        value_enum,
        value_name = "PROFILE",
        help_heading = "Tools of others"
    )]
    pub(crate) profile: Option<ProfileName>,
    /// Leave out checks that start other programs
    #[arg(long, help_heading = "Tools of others")]
    pub(crate) skip_external: bool,
    /// Exit with 2 when a tool that has something to do is not installed; `--profile ci` implies it
    #[arg(long, help_heading = "Tools of others")]
    pub(crate) require_tools: bool,
    /// Checks behind which another program stands, to run beside what is configured.
    #[arg(skip)]
    pub(crate) external: Vec<String>,
    /// Checks that a profile nobody chose leaves out.
    #[arg(skip)]
    pub(crate) left_out: Vec<&'static str>,
    /// The number of threads [default: one per core]
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub(crate) jobs: Option<NonZeroUsize>,
}

fn jobs(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse().map_err(|_| "write a whole number from 1 up")
}
