//! Arguments of the commands that help a repository to adopt baton: `baseline` and `routes`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, FromArgMatches as _, Subcommand};

use super::{ListFormat, RunArgs};

/// What to do with the baseline.
#[derive(Debug, Subcommand)]
pub(crate) enum BaselineCommand {
    /// Record everything that is found now
    Create {
        /// Replace a baseline that exists
        #[arg(long)]
        force: bool,
        /// What both share.
        #[command(flatten)]
        at: BaselineArgs,
    },
    /// Take out what is no longer found; nothing is ever added
    Prune(BaselineArgs),
}

/// Which baseline, and which rules it is about.
#[derive(Debug, Args)]
pub(crate) struct BaselineArgs {
    /// The file [default: what baton.toml says, else baton-baseline.json beside it]
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// The configuration file to use instead of the nearest baton.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Look only at these checks, families and rules
    #[arg(long, value_name = "SELECTOR", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Leave these checks, families and rules out
    #[arg(long, value_name = "SELECTOR", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
}

/// Arguments of `routes`.
#[derive(Debug, Args)]
pub(crate) struct RoutesArgs {
    /// Show what runs for one file, which need not exist, and why
    #[arg(long, value_name = "PATH")]
    pub(crate) explain: Option<PathBuf>,
    /// Look only at these checks, families and rules
    #[arg(long, value_name = "SELECTOR", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Leave these checks, families and rules out
    #[arg(long, value_name = "SELECTOR", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// The configuration file to use instead of the nearest baton.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The format
    #[arg(long, value_enum, default_value_t = ListFormat::Table, value_name = "FORMAT")]
    pub(crate) output_format: ListFormat,
}

impl RunArgs {
    /// The options as they are when nobody types any.
    pub(crate) fn unasked() -> Result<RunArgs, clap::Error> {
        let command = RunArgs::augment_args(clap::Command::new("baton"));
        RunArgs::from_arg_matches(&command.try_get_matches_from(Vec::<OsString>::new())?)
    }
}
