//! Arguments of the commands about gates, the ledger and where a project stands.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

pub(crate) const APPROVE_EXAMPLES: &str = "\
Examples:
  baton approve                         The one gate that waits
  baton approve shop gate-2
  baton approve shop gate-2 --digest 3f9a12c0   What somebody else was shown, and nothing else

Only a person can approve: there has to be a terminal, and no agent may have started it. Who may,
and how many have to, is said by [gates] in baton.toml as it stands on the base branch.

Exit codes: 0 approved, 3 more approvals are needed, 2 refused, 1 there is no such gate.";

pub(crate) const REJECT_EXAMPLES: &str = "\
Examples:
  baton reject shop gate-3 --reason 'The network plan is missing'
  baton reject shop gate-3 --reason 'Too dear' --to step-2";

pub(crate) const STATUS_EXAMPLES: &str = "\
Examples:
  baton status                          All projects, or the only one
  baton status shop --json

Exit codes: 0 something can be done or all is done, 3 a gate waits for approval, 5 halted.";

pub(crate) const GRAPH_EXAMPLES: &str = "\
Examples:
  baton graph > workflow.mmd
  baton graph shop --format svg > shop.svg";

/// Arguments of `approve`.
#[derive(Debug, Args)]
pub(crate) struct ApproveArgs {
    /// The project and the gate; what is left out is the one that waits
    #[arg(value_name = "PROJECT GATE", num_args = 0..=2)]
    pub(crate) names: Vec<String>,
    /// Approve if what is shown has this digest; its first eight digits are enough
    #[arg(long, value_name = "DIGEST")]
    pub(crate) digest: Option<String>,
    /// What others should know about it; it is written to the decision log
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
}

/// Arguments of `reject`.
#[derive(Debug, Args)]
pub(crate) struct RejectArgs {
    /// The project and the gate; what is left out is the one that waits
    #[arg(value_name = "PROJECT GATE", num_args = 0..=2)]
    pub(crate) names: Vec<String>,
    /// Why; the step that is opened again reads it
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// The step to go back to [default: the one before the gate]
    #[arg(long, value_name = "NODE")]
    pub(crate) to: Option<String>,
}

/// Arguments of `defer`.
#[derive(Debug, Args)]
pub(crate) struct DeferArgs {
    /// The project and the gate; what is left out is the one that waits
    #[arg(value_name = "PROJECT GATE", num_args = 0..=2)]
    pub(crate) names: Vec<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
}

/// Arguments of `status`.
#[derive(Debug, Args)]
pub(crate) struct StatusArgs {
    /// The project [default: all, or the only one]
    #[arg(value_name = "PROJECT")]
    pub(crate) project: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `history`.
#[derive(Debug, Args)]
pub(crate) struct HistoryArgs {
    /// The project [default: the only one]
    #[arg(value_name = "PROJECT")]
    pub(crate) project: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `graph`.
#[derive(Debug, Args)]
pub(crate) struct GraphArgs {
    /// The project whose standing is shown [default: none]
    #[arg(value_name = "PROJECT")]
    pub(crate) project: Option<String>,
    /// The format
    #[arg(long, value_enum, default_value_t = GraphFormat::Mermaid, value_name = "FORMAT")]
    pub(crate) format: GraphFormat,
}

/// How a workflow is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// For Markdown
    Mermaid,
    /// A picture
    Svg,
    /// For programs
    Json,
    /// For Graphviz
    Dot,
}

/// What to do with a ledger.
#[derive(Debug, Subcommand)]
pub(crate) enum LedgerCommand {
    /// Write a signed bundle of all that happened to a project
    ///
    /// The key is what `BATON_BUNDLE_KEY` holds, or what is in --key-file; without one nothing is exported.
    Export {
        /// The project
        #[arg(value_name = "PROJECT")]
        project: String,
        /// The file to write to [default: standard output]
        #[arg(long, value_name = "FILE")]
        output_file: Option<PathBuf>,
        /// The file with the key
        #[arg(long, value_name = "FILE")]
        key_file: Option<PathBuf>,
    },
    /// Take over a signed bundle; what went another way here is never overwritten
    Import {
        /// The bundle, or `-` for standard input
        #[arg(value_name = "FILE")]
        bundle: PathBuf,
        /// Take over only approvals of what waits here just as it was shown there
        #[arg(long)]
        approvals: bool,
        /// The file with the key
        #[arg(long, value_name = "FILE")]
        key_file: Option<PathBuf>,
    },
    /// Verify every entry, and that replaying them gives what the state file says
    Verify {
        /// The project [default: all]
        #[arg(value_name = "PROJECT")]
        project: Option<String>,
    },
}
