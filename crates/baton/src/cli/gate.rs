//! Arguments of `gate`, `precheck` and `compress`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

pub(crate) const GATE_EXAMPLES: &str = "\
Examples:
  baton gate 4 --project shop           Have the checker decide about shop's code
  baton gate 4 --project shop --sarif gate4.sarif
  baton gate 3 --project shop           Show what keeps the plan from being approved

Gate 4 is decided by programs alone; people decide about the others with `baton approve`.

Exit codes of gate 4: 0 pass, 1 fail, 4 something could not be looked at, 2 no such project.
Of the others: 0 nothing blocks, 3 waits for approval, 1 something blocks, 2 no such project.";

pub(crate) const PRECHECK_EXAMPLES: &str = "\
Examples:
  baton precheck 3.5 --project shop
  baton precheck all --project shop --json

Exit codes: 0 everything is there, 1 something is missing, 2 no such step or project.";

pub(crate) const COMPRESS_EXAMPLES: &str = "\
Examples:
  baton compress agent-output/shop/04-implementation-plan.md --used 72
  baton compress agent-output/shop/02-architecture-assessment.md --tier minimal

Below 60 % of the context used, artifacts are read whole; from 60 to 80 %, summarized; above, as
little as possible. Tables in what is kept are never cut. What was left out or not found is said
on standard error.

Exit codes: 0 done, 2 the file cannot be read or is no Markdown.";

/// Arguments of `gate`.
#[derive(Debug, Args)]
pub(crate) struct GateArgs {
    /// The gate: 1, 2, 2.5, 3, 4 or 5
    #[arg(value_name = "GATE")]
    pub(crate) gate: String,
    /// The project: the name of its folder in agent-output
    #[arg(long, value_name = "NAME")]
    pub(crate) project: String,
    /// Print the report as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Let gate 4 pass without the compiler of the track, on what our own rules say
    #[arg(long, help_heading = "Gate 4")]
    pub(crate) allow_missing_tools: bool,
    /// Write what gate 4 found as SARIF, too
    #[arg(long, value_name = "FILE", help_heading = "Gate 4")]
    pub(crate) sarif: Option<PathBuf>,
    /// Do not write 05-gate4-report.json
    #[arg(long, help_heading = "Gate 4")]
    pub(crate) no_write: bool,
    /// Take configuration, baseline and comments that suppress only as they stand in this commit
    #[arg(long, value_name = "REF", help_heading = "Gate 4")]
    pub(crate) suppressions_from: Option<String>,
}

/// Arguments of `precheck`.
#[derive(Debug, Args)]
pub(crate) struct PrecheckArgs {
    /// The step: 1, 2, 3, 3.5, 4, 5, 6 or 7, or `all`
    #[arg(value_name = "STEP")]
    pub(crate) step: String,
    /// The project: the name of its folder in agent-output
    #[arg(long, value_name = "NAME")]
    pub(crate) project: String,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `compress`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("amount").required(true).args(["tier", "used"]))]
pub(crate) struct CompressArgs {
    /// The artifact
    #[arg(value_name = "ARTIFACT")]
    pub(crate) artifact: PathBuf,
    /// How much of it is wanted
    #[arg(long, value_enum, value_name = "TIER")]
    pub(crate) tier: Option<TierName>,
    /// How much of the context is used, in per cent; decides how much is wanted
    #[arg(long, value_name = "PCT", value_parser = percentage)]
    pub(crate) used: Option<f64>,
    /// Keep what reviewers look at
    #[arg(long)]
    pub(crate) challenger: bool,
}

/// How much of an artifact is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TierName {
    /// All of it
    Full,
    /// The sections that decide, with their tables
    Summarized,
    /// What has to be known at the least
    Minimal,
}

fn percentage(text: &str) -> Result<f64, &'static str> {
    let number: f64 = text.trim_end_matches('%').parse().unwrap_or(f64::NAN);
    if number.is_finite() && number >= 0.0 {
        return Ok(number);
    }
    Err("write a number from 0 up, such as 72")
}
