//! The command line: what may be typed, and the help for it.

mod adoption;
mod check;
mod commit;
mod documents;
mod fmt;
mod gate;
mod gates;
mod guard;
mod hook;
mod known;
mod push;
mod run;
mod state;
mod words;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

pub(crate) use adoption::{BaselineArgs, BaselineCommand, RoutesArgs};
pub(crate) use check::{CheckArgs, NamedArgs, RunArgs};
pub(crate) use commit::CommitArgs;
pub(crate) use documents::{RedactArgs, TraceArgs};
pub(crate) use fmt::FmtArgs;
pub(crate) use gate::{CompressArgs, GateArgs, PrecheckArgs, TierName};
pub(crate) use gates::{
    ApproveArgs, DeferArgs, GraphArgs, GraphFormat, HistoryArgs, LedgerCommand, RejectArgs,
    StatusArgs,
};
pub(crate) use guard::{GuardCommand, ShellName};
pub(crate) use hook::{AgentHost, HookArgs};
use known::Known;
pub(crate) use push::{PushArgs, PushScope};
pub(crate) use run::{
    AbortArgs, ChooseArgs, LeadArgs, ResetArgs, ResumeArgs, RunFormat, StartArgs,
};
pub(crate) use state::{
    AuditArgs, CheckpointArgs, DecideArgs, NewestArgs, StateArgs, StateCommand, StepArgs,
    TransitionArgs, WaiverArgs,
};
pub(crate) use words::{Color, FailOn, Format, ListFormat, ProfileName};

const EXAMPLES: &str = "\
Examples:
  baton check                           Check the repository you are in
  baton check agent-output/shop         Check one folder
  baton validate artifacts agents       Run two checks by the names you know
  baton check --fix                     Apply what can be fixed safely
  baton check --output-format sarif --output-file baton.sarif
  baton rule missing-agent-key          Read why a rule exists and how to satisfy it

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 baton could not do its job.";

/// Checks repositories in which agents build infrastructure
#[derive(Debug, Parser)]
#[command(name = "baton", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Cli {
    /// When to colour; `auto` heeds the terminal, `NO_COLOR` and `CLICOLOR_FORCE`
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check the repository, or some of its files and folders
    #[command(after_help = check::CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Check what is being pushed; git's pre-push hook calls this
    #[command(after_help = push::PUSH_EXAMPLES)]
    PushCheck(PushArgs),
    /// Check a commit message; git's commit-msg hook calls this
    #[command(after_help = commit::COMMIT_EXAMPLES)]
    CommitMsg(CommitArgs),
    /// Run checks of the `validate:` group by name, or all checks and tools of others
    #[command(after_help = check::VALIDATE_EXAMPLES)]
    Validate(NamedArgs),
    /// Run checks of the `lint:` group by name, or all checks and tools of others
    #[command(after_help = "Example: baton lint h2-sync")]
    Lint(NamedArgs),
    /// Apply the fixes of some checks, families or rules
    #[command(after_help = "Example: baton fix artifacts")]
    Fix(NamedArgs),
    /// Format Terraform and Bicep
    #[command(after_help = fmt::FMT_EXAMPLES)]
    Fmt(FmtArgs),
    /// Print a manifest of environments with hashes for what others should not see
    #[command(after_help = documents::REDACT_EXAMPLES)]
    Redact(RedactArgs),
    /// Check by the log of a session whether agents discovered policies as they should
    #[command(after_help = documents::TRACE_EXAMPLES)]
    Trace(TraceArgs),
    /// Have programs decide about a project's code, or show what blocks a gate that people decide
    #[command(after_help = gate::GATE_EXAMPLES)]
    Gate(GateArgs),
    /// Tell whether what a step has to leave behind is there
    #[command(after_help = gate::PRECHECK_EXAMPLES)]
    Precheck(PrecheckArgs),
    /// Print what a model reads of an artifact when its context fills up
    #[command(after_help = gate::COMPRESS_EXAMPLES)]
    Compress(CompressArgs),
    /// Lead a project through its workflow: agents work, programs judge, people decide
    #[command(after_help = run::RUN_EXAMPLES)]
    Run(StartArgs),
    /// Go on with a project where it was left
    Resume(ResumeArgs),
    /// Answer a question that a run has asked
    Choose(ChooseArgs),
    /// Let a step that was halted try once more
    Reset(ResetArgs),
    /// End a project's run for good
    Abort(AbortArgs),
    /// Let a project pass a gate, after showing what is approved
    #[command(after_help = gates::APPROVE_EXAMPLES)]
    Approve(ApproveArgs),
    /// Send a project back from a gate
    #[command(after_help = gates::REJECT_EXAMPLES)]
    Reject(RejectArgs),
    /// Leave a gate for later
    Defer(DeferArgs),
    /// Show where a project stands, what blocks it, and what to do next
    #[command(after_help = gates::STATUS_EXAMPLES)]
    Status(StatusArgs),
    /// Show what happened to a project: its ledger, verified
    History(HistoryArgs),
    /// Draw the workflow, with where a project stands in it
    #[command(after_help = gates::GRAPH_EXAMPLES)]
    Graph(GraphArgs),
    /// Verify a ledger, and carry it to other machines in signed bundles
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Ask the guard of agent hooks what it thinks of commands
    #[command(subcommand)]
    Guard(GuardCommand),
    /// Answer the host of an agent at a point of a session; manifests of hooks call this
    #[command(after_help = hook::HOOK_EXAMPLES)]
    Hook(HookArgs),
    /// Record what is found now, so that only what is new counts
    #[command(subcommand)]
    Baseline(BaselineCommand),
    /// Show which rules run for which files, and why
    #[command(after_help = "Example: baton routes --explain infra/bicep/shop/main.bicep")]
    Routes(RoutesArgs),
    /// Keep and show the record of a project: steps, decisions, findings
    #[command(after_help = state::STATE_EXAMPLES)]
    State(StateArgs),
    /// List the rules
    Rules(ListArgs),
    /// Show the document of a rule
    Rule {
        /// Its slug, or another name it goes by
        #[arg(
            value_name = "SLUG",
            value_parser = Known(known::slugs),
            hide_possible_values = true
        )]
        name: String,
    },
    /// List the checks: named sets of rules
    Checks(ListArgs),
    /// Show the configuration, or the schema of baton.toml
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Write configuration, hooks and a CI job that fit the repository, after showing them
    Init(InitArgs),
    /// Tell which tools are here, and prove on a scratch clone that the hooks fire and block
    Doctor,
    /// Print a completion script for a shell
    #[command(after_help = "Example: baton completions bash > /etc/bash_completion.d/baton")]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page, or write one page per command
    Man {
        /// The folder to write one page per command to
        #[arg(long, value_name = "DIR")]
        output_dir: Option<PathBuf>,
    },
}

/// What to show of the configuration.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Show the root, the configuration file, what was detected and why, and the settings
    Show {
        /// The configuration file to use instead of the nearest baton.toml
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// The format
        #[arg(long, value_enum, default_value_t = ListFormat::Table, value_name = "FORMAT")]
        output_format: ListFormat,
    },
    /// Print the JSON Schema of baton.toml
    Schema,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Show what would be written, and write nothing
    #[arg(long, conflicts_with = "yes")]
    pub(crate) dry_run: bool,
    /// Write without asking
    #[arg(long)]
    pub(crate) yes: bool,
    /// Print what the validators of package.json are called here, and write nothing
    #[arg(long, conflicts_with_all = ["yes", "dry_run"])]
    pub(crate) from_package_json: bool,
    /// Write hooks for agents instead, for these hosts [default HOSTS: those that fit]
    #[arg(
        long,
        value_enum,
        value_name = "HOSTS",
        num_args = 0..=1,
        require_equals = true,
        value_delimiter = ',',
        conflicts_with = "from_package_json"
    )]
    pub(crate) agent_hooks: Option<Vec<AgentHost>>,
}

/// Arguments of `rules` and `checks`.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The format
    #[arg(long, value_enum, default_value_t = ListFormat::Table, value_name = "FORMAT")]
    pub(crate) output_format: ListFormat,
}
