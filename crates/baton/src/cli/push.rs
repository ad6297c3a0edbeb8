//! The arguments of `push-check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{FailOn, Format};

pub(super) const PUSH_EXAMPLES: &str = "\
Examples:
  exec baton push-check \"$@\"             The whole of .git/hooks/pre-push
  baton push-check                        By hand: what a push from here would check

Git names on standard input what is pushed; texts are read from the pushed commits.";

/// Arguments of `push-check`.
#[derive(Debug, Args)]
pub(crate) struct PushArgs {
    /// The remote pushed to, as git tells its hook
    #[arg(value_name = "REMOTE")]
    pub(crate) remote: Option<String>,
    /// Its address, as git tells its hook
    #[arg(value_name = "URL")]
    pub(crate) url: Option<String>,
    /// What to check of a branch that the remote has already
    #[arg(long, value_enum, default_value_t = PushScope::Branch, value_name = "SCOPE")]
    pub(crate) scope: PushScope,
    /// Run only these checks, families and rules
    #[arg(long, value_name = "SELECTOR", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Leave these checks, families and rules out
    #[arg(long, value_name = "SELECTOR", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// The configuration file to use instead of the pushed baton.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The least severity that makes the exit code 1 [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    /// One line per finding
    #[arg(long, conflicts_with = "output_format")]
    pub(crate) concise: bool,
    /// The format of the report; several pushed commits give several reports
    #[arg(long, value_enum, default_value_t = Format::Full, value_name = "FORMAT")]
    pub(crate) output_format: Format,
    /// The number of threads [default: one per core]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<std::num::NonZeroUsize>,
}

/// What is checked of a branch that the remote has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PushScope {
    /// All that the branch changes
    Branch,
    /// Only what this push adds
    Push,
}
