//! `run`, `resume` and `abort`: what may be typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

pub(crate) const RUN_EXAMPLES: &str = "\
Examples:
  baton run shop                        Go on with the project shop, or begin it
  baton run \"a patient portal called ward-7, in Bicep\"
  baton run shop --agent claude-code         Have Claude Code do the work of every step
  baton run shop --agent replay --recordings recordings
  baton run shop --agent claude-code --dry-run
  baton run migrate shop                Follow the workflow as it is now, after a preview

Exit codes: 0 advanced or finished, 1 a step failed, 2 refused, 3 waits for people,
4 a machine gate could not look at everything, 5 halted by the circuit breaker.";

/// Leads a project through its workflow.
#[derive(Debug, Args)]
pub(crate) struct StartArgs {
    /// The project, or what you want in plain words; `migrate PROJECT` changes the workflow it follows
    #[arg(value_name = "PROJECT|REQUEST", required = true)]
    pub(crate) what: Vec<String>,
    /// How it is led.
    #[command(flatten)]
    pub(crate) lead: LeadArgs,
    /// Take the project's name as it was understood, and a migration as it was shown
    #[arg(long, short)]
    pub(crate) yes: bool,
}

/// Goes on with a project.
#[derive(Debug, Args)]
pub(crate) struct ResumeArgs {
    /// The project; not needed where there is one alone
    #[arg(value_name = "PROJECT")]
    pub(crate) project: Option<String>,
    /// How it is led.
    #[command(flatten)]
    pub(crate) lead: LeadArgs,
}

/// Ends a run for good.
#[derive(Debug, Args)]
pub(crate) struct AbortArgs {
    /// The project
    #[arg(value_name = "PROJECT")]
    pub(crate) project: String,
    /// Why
    #[arg(long)]
    pub(crate) reason: String,
}

/// How a project is led.
#[derive(Debug, Args)]
pub(crate) struct LeadArgs {
    /// Who does the work: `manual`, `replay`, or a preset such as `claude-code`, `codex`, `copilot`
    #[arg(long, value_name = "NAME")]
    pub(crate) agent: Option<String>,
    /// A table with presets of your own, besides those that are built in
    #[arg(long, value_name = "FILE")]
    pub(crate) presets: Option<PathBuf>,
    /// A folder of recordings, for `--agent replay`; may be given several times
    #[arg(long, value_name = "DIR")]
    pub(crate) recordings: Vec<PathBuf>,
    /// What a name in braces in a recording stands for; may be given several times
    #[arg(long, value_name = "NAME=VALUE", requires = "recordings")]
    pub(crate) value: Vec<String>,
    /// The repository from which recordings take files
    #[arg(long, value_name = "DIR", requires = "recordings")]
    pub(crate) originals: Option<PathBuf>,
    /// Show what would be started next, and start nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Let Gate 4 pass without tools that are not installed
    #[arg(long)]
    pub(crate) allow_missing_tools: bool,
    /// Minutes an agent may say nothing
    #[arg(long, value_name = "MINUTES")]
    pub(crate) silence: Option<u64>,
    /// Minutes an agent may work on one step
    #[arg(long, value_name = "MINUTES")]
    pub(crate) time: Option<u64>,
    /// Turns an agent may take for one step, where it tells them
    #[arg(long, value_name = "COUNT")]
    pub(crate) turns: Option<u64>,
    /// Tokens an agent may use for one step, where it tells them
    #[arg(long, value_name = "COUNT")]
    pub(crate) tokens: Option<u64>,
    /// US dollars an agent may cost for one step, where it tells them
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) cost: Option<f64>,
    /// How news are told
    #[arg(long, value_enum, default_value_t = RunFormat::Text, value_name = "FORMAT")]
    pub(crate) output_format: RunFormat,
}

/// How news of a run are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RunFormat {
    /// Lines for people
    Text,
    /// One JSON object a line
    Jsonl,
}

/// Answers a question of a run.
#[derive(Debug, Args)]
pub(crate) struct ChooseArgs {
    /// The project
    #[arg(value_name = "PROJECT")]
    pub(crate) project: String,
    /// The step the question is about
    #[arg(value_name = "NODE")]
    pub(crate) node: String,
    /// `run` or `skip` an optional step; `accept` or `review` once more at the ceiling of reviews;
    /// do work that was cut off `again`; or the step to go back to
    #[arg(value_name = "ANSWER")]
    pub(crate) answer: String,
    /// Why, for a way back
    #[arg(long)]
    pub(crate) reason: Option<String>,
}

/// Lets a halted step try once more.
#[derive(Debug, Args)]
pub(crate) struct ResetArgs {
    /// The project
    #[arg(value_name = "PROJECT")]
    pub(crate) project: String,
    /// The step that is halted
    #[arg(value_name = "NODE")]
    pub(crate) node: String,
}
