//! The command line: what may be typed, and the help for it.

mod adoption;
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

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

pub(crate) use adoption::{BaselineArgs, BaselineCommand, RoutesArgs};
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
pub(crate) use words::{Color, Compat, FailOn, Format, ListFormat, ProfileName};

const EXAMPLES: &str = "\
Examples:
  baton check                           Check the repository you are in
  baton check agent-output/shop         Check one folder
  baton validate artifacts agents       Run two checks by the names you know
  baton check --fix                     Apply what can be fixed safely
  baton check --output-format sarif --output-file baton.sarif
  baton rule missing-agent-key          Read why a rule exists and how to satisfy it

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 baton could not do its job.";

const CHECK_EXAMPLES: &str = "\
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

const VALIDATE_EXAMPLES: &str = "\
Examples:
  baton validate artifacts session-state
  baton validate all                    All checks, and the tools of others that are installed
  baton validate all --profile ci       The same and what needs the network; a missing tool is exit 2
  baton validate all --online           The same, and whether links on the web are alive
  baton validate all --skip-external    Nothing but our own checks

`baton checks` lists the checks and their tags.";

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
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Check what is being pushed; git's pre-push hook calls this
    #[command(after_help = push::PUSH_EXAMPLES)]
    PushCheck(PushArgs),
    /// Check a commit message; git's commit-msg hook calls this
    #[command(after_help = commit::COMMIT_EXAMPLES)]
    CommitMsg(CommitArgs),
    /// Run checks of the `validate:` group by name, or all checks and tools of others
    #[command(after_help = VALIDATE_EXAMPLES)]
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

fn jobs(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse().map_err(|_| "write a whole number from 1 up")
}
