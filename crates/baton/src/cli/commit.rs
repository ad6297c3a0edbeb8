//! The arguments of `commit-msg`.

use std::path::PathBuf;

use clap::Args;

use super::{FailOn, Format};

pub(super) const COMMIT_EXAMPLES: &str = "\
Examples:
  exec baton commit-msg \"$1\"             The whole of .git/hooks/commit-msg
  git log -1 --format=%B | baton commit-msg -
  baton commit-msg --conventional .git/COMMIT_EDITMSG

What a message must be like is read from commitlint's configuration and from [options.commits] in
baton.toml; repositories of the pack `apex` have conventions without either.";

/// Arguments of `commit-msg`.
#[derive(Debug, Args)]
pub(crate) struct CommitArgs {
    /// The file with the message, as git tells its hook; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Judge by conventional commits although nothing is configured
    #[arg(long)]
    pub(crate) conventional: bool,
    /// The configuration file to use instead of the nearest baton.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The least severity that makes the exit code 1 [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Full, value_name = "FORMAT")]
    pub(crate) output_format: Format,
    /// The file to write the report to
    #[arg(long, value_name = "FILE")]
    pub(crate) output_file: Option<PathBuf>,
}
