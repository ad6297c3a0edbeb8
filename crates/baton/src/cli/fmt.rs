//! Arguments of `fmt`.

use std::path::PathBuf;

use clap::Args;

pub(crate) const FMT_EXAMPLES: &str = "\
Examples:
  baton fmt                             Format everything below the working directory
  baton fmt infra/terraform             Format one folder
  baton fmt --check                     List what would change, and write nothing
  baton fmt --diff main.tf              Show what would change, and write nothing
  baton fmt - < main.tf                 Format what comes from standard input

Terraform and OpenTofu are written as `terraform fmt` writes them. A file with a syntax error is
reported and left alone.

Bicep is written as `bicep format` writes it, with `formatting` of the nearest bicepconfig.json. A
declaration with a syntax error is reported and left alone; the rest of the file is formatted.

Exit codes: 0 done, 1 something would change (--check, --diff), 2 a file could not be formatted.";

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub(crate) struct FmtArgs {
    /// Files and folders to format, or `-` for standard input
    #[arg(value_name = "PATHS", default_value = ".", hide_default_value = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// List the files that would change, and write nothing
    #[arg(long)]
    pub(crate) check: bool,
    /// Show what would change, and write nothing
    #[arg(long, conflicts_with = "check")]
    pub(crate) diff: bool,
    /// The file that standard input stands for; its name tells the language
    #[arg(long, value_name = "PATH", default_value = "main.tf")]
    pub(crate) stdin_filename: PathBuf,
    /// The configuration file to use instead of the nearest baton.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}
