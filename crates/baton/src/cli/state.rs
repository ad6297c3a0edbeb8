//! Arguments of `state`: the record of a project, for people and for agents.

use std::path::PathBuf;

use baton_repo::Moment;
use clap::{Args, Subcommand};

pub(super) const STATE_EXAMPLES: &str = "\
Examples:
  baton state init shop
  baton state show shop
  baton state start-step shop 1
  baton state checkpoint shop 1 phase_2_nfr --artifact 01-requirements.md
  baton state transition shop --from-step 1 --to-step 2 --complete --decision iac_tool=Bicep
  baton state finding shop --add \"The budget is not confirmed\"
  baton state handoff shop

Exit codes: 0 done, 1 refused by the record or failed, 2 refused by the workflow or wrong usage,
5 the step is halted. With --json there is one JSON document on standard output.";

/// Arguments of `state`.
#[derive(Debug, Args)]
pub(crate) struct StateArgs {
    /// Answer with one JSON document
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Option<StateCommand>,
}

/// What to do with the record of a project.
#[derive(Debug, Subcommand)]
pub(crate) enum StateCommand {
    /// Begin a project
    Init {
        /// Name of the project: lower case letters, digits and hyphens
        project: String,
        /// Begin anew where a record exists
        #[arg(long)]
        force: bool,
    },
    /// Show how far a project is, what was decided and what it wrote
    Show {
        /// Name of the project
        project: String,
    },
    /// Say that a step begins
    StartStep {
        /// Project and step.
        #[command(flatten)]
        at: StepArgs,
        /// Open a step again that is complete or left out
        #[arg(long)]
        force: bool,
    },
    /// Say that a step is done
    CompleteStep {
        /// Project and step.
        #[command(flatten)]
        at: StepArgs,
        /// Whether it may be without its review.
        #[command(flatten)]
        waiver: WaiverArgs,
        /// Complete a step that never began
        #[arg(long)]
        force: bool,
    },
    /// Note a point from which a step can go on; a step that is pending begins with it
    Checkpoint(Box<CheckpointArgs>),
    /// End one step and begin another in one write
    Transition(TransitionArgs),
    /// Record a decision, by key or with its reasons
    Decide(DecideArgs),
    /// Open or resolve findings
    Finding {
        /// Name of the project
        project: String,
        /// Open a finding, unless it is open already
        #[arg(long, value_name = "TEXT", conflicts_with_all = ["remove", "add_many"])]
        add: Option<String>,
        /// Resolve a finding
        #[arg(long, value_name = "TEXT", conflicts_with = "add_many")]
        remove: Option<String>,
        /// Open all findings of a JSON list, from a file or `-`
        #[arg(long, value_name = "FILE")]
        add_many: Option<PathBuf>,
    },
    /// Note which reviews of a step were planned, carried out and left out
    ReviewAudit(AuditArgs),
    /// Leave a step out
    SkipStep {
        /// Project and step.
        #[command(flatten)]
        at: StepArgs,
        /// Why
        #[arg(long, value_name = "TEXT", default_value = "")]
        reason: String,
        /// Leave out a step that is not optional, or has begun
        #[arg(long)]
        force: bool,
    },
    /// Halt a step
    Block {
        /// Project and step.
        #[command(flatten)]
        at: StepArgs,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Let a halted step go on
    Unblock {
        /// Project and step.
        #[command(flatten)]
        at: StepArgs,
    },
    /// Bring a state file to the newest version
    Migrate {
        /// Name of the project
        project: String,
        /// Only say what would change; exit 1 if something would
        #[arg(long)]
        check: bool,
    },
    /// Say what is to be done next
    Next {
        /// Name of the project
        project: String,
    },
    /// Write 00-handoff.md for the next session
    Handoff {
        /// Name of the project
        project: String,
        /// Print it instead
        #[arg(long)]
        print: bool,
    },
    /// List the projects, newest first
    #[command(alias = "sessions")]
    List(NewestArgs),
    /// List the files projects wrote, newest first
    Files(NewestArgs),
    /// Find a phrase in the files of projects
    Search {
        /// The phrase
        term: String,
        /// Look only at files changed in the last N days
        #[arg(long, value_name = "N")]
        days: Option<u64>,
        /// Look only at one project
        #[arg(long, value_name = "NAME")]
        project: Option<String>,
    },
    /// List what was decided
    Decisions {
        /// Look only at one project
        #[arg(long, value_name = "NAME")]
        project: Option<String>,
    },
}

/// A step of a project.
#[derive(Debug, Args)]
pub(crate) struct StepArgs {
    /// Name of the project
    pub(crate) project: String,
    /// Key of the step, such as `3_5`
    pub(crate) step: String,
}

/// How a step may be complete without its review.
#[derive(Debug, Args)]
pub(crate) struct WaiverArgs {
    /// Complete the step although its review is missing
    #[arg(long)]
    pub(crate) allow_missing_challenger: bool,
    /// Why that is right
    #[arg(long, value_name = "TEXT")]
    pub(crate) challenger_skip_reason: Option<String>,
}

/// Arguments of `checkpoint`.
#[derive(Debug, Args)]
pub(crate) struct CheckpointArgs {
    /// Project and step.
    #[command(flatten)]
    pub(crate) at: StepArgs,
    /// Name of the point, such as `phase_2_nfr`
    pub(crate) sub_step: String,
    /// A file that was written
    #[arg(long, value_name = "PATH")]
    pub(crate) artifact: Option<String>,
    /// When the measured span began
    #[arg(long, value_name = "TIME", value_parser = moment, help_heading = "Telemetry")]
    pub(crate) telemetry_step_start: Option<String>,
    /// When it ended
    #[arg(long, value_name = "TIME", value_parser = moment, help_heading = "Telemetry")]
    pub(crate) telemetry_step_end: Option<String>,
    /// Its length in milliseconds
    #[arg(long, value_name = "N", help_heading = "Telemetry")]
    pub(crate) telemetry_elapsed_ms: Option<u64>,
    /// Tokens sent to models
    #[arg(long, value_name = "N", help_heading = "Telemetry")]
    pub(crate) telemetry_input_tokens: Option<u64>,
    /// Tokens received from models
    #[arg(long, value_name = "N", help_heading = "Telemetry")]
    pub(crate) telemetry_output_tokens: Option<u64>,
    /// Subagents that were started
    #[arg(long, value_name = "N", help_heading = "Telemetry")]
    pub(crate) telemetry_subagent_count: Option<u64>,
    /// How often the work was validated
    #[arg(long, value_name = "N", help_heading = "Telemetry")]
    pub(crate) telemetry_validation_attempts: Option<u64>,
    /// How often a kept result was used
    #[arg(long, value_name = "N", help_heading = "Telemetry")]
    pub(crate) telemetry_cache_hits: Option<u64>,
}

/// Arguments of `transition`.
#[derive(Debug, Args)]
pub(crate) struct TransitionArgs {
    /// Name of the project
    pub(crate) project: String,
    /// The step that is left
    #[arg(long, value_name = "STEP")]
    pub(crate) from_step: String,
    /// The step that is entered
    #[arg(long, value_name = "STEP")]
    pub(crate) to_step: String,
    /// What was decided
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) decision: Vec<String>,
    /// Complete the step that is left
    #[arg(long)]
    pub(crate) complete: bool,
    /// Whether it may be without its review.
    #[command(flatten)]
    pub(crate) waiver: WaiverArgs,
    /// Go where the workflow does not lead; the log of decisions tells of it
    #[arg(long)]
    pub(crate) force: bool,
}

/// Arguments of `decide`.
#[derive(Debug, Args)]
pub(crate) struct DecideArgs {
    /// Name of the project
    pub(crate) project: String,
    /// Key of the decision
    #[arg(long, value_name = "KEY", help_heading = "By key")]
    pub(crate) key: Option<String>,
    /// Its value, as text
    #[arg(
        long,
        value_name = "VALUE",
        conflicts_with = "value_json",
        help_heading = "By key"
    )]
    pub(crate) value: Option<String>,
    /// Its value, as JSON
    #[arg(long, value_name = "JSON", help_heading = "By key")]
    pub(crate) value_json: Option<String>,
    /// What was decided
    #[arg(long, value_name = "TEXT", help_heading = "With reasons")]
    pub(crate) decision: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", help_heading = "With reasons")]
    pub(crate) rationale: Option<String>,
    /// The step it belongs to [default: the one in hand]
    #[arg(long, value_name = "STEP", help_heading = "With reasons")]
    pub(crate) step: Option<String>,
    /// Who decided [default: the step's agent]
    #[arg(long, value_name = "NAME", help_heading = "With reasons")]
    pub(crate) agent: Option<String>,
    /// What it is about [default: the first line of TEXT]
    #[arg(long, value_name = "TEXT", help_heading = "With reasons")]
    pub(crate) title: Option<String>,
}

/// Arguments of `review-audit`.
#[derive(Debug, Args)]
pub(crate) struct AuditArgs {
    /// Project and step.
    #[command(flatten)]
    pub(crate) at: StepArgs,
    /// The tier
    #[arg(long, value_name = "TIER")]
    pub(crate) complexity: Option<String>,
    /// How many reviews were intended
    #[arg(long, value_name = "N")]
    pub(crate) passes_planned: Option<u32>,
    /// How many were carried out
    #[arg(long, value_name = "N")]
    pub(crate) passes_executed: Option<u32>,
    /// A model that carried one out
    #[arg(long, value_name = "MODEL")]
    pub(crate) model: Vec<String>,
    /// A pass that was left out
    #[arg(long, value_name = "PASS")]
    pub(crate) skip: Vec<String>,
    /// Why it was left out
    #[arg(long, value_name = "TEXT")]
    pub(crate) skip_reason: Vec<String>,
}

/// How much to list.
#[derive(Debug, Args)]
pub(crate) struct NewestArgs {
    /// The most entries
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// Only what changed in the last N days
    #[arg(long, value_name = "N")]
    pub(crate) days: Option<u64>,
}

fn moment(text: &str) -> Result<String, &'static str> {
    let known: Result<Moment, ()> = text.parse();
    known
        .map(|_| text.to_owned())
        .map_err(|()| "write a moment such as 2026-01-31T12:00:00Z")
}
