//! Leading a project until it ends or somebody else has to do something.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use baton_flow::agent::preset::Presets;
use baton_flow::agent::process;
use baton_flow::agent::{AgentAdapter, CommandAdapter, DryRun, Limits, Manual, Replay, StopToken};
use baton_flow::driver::{End, JobKind, drive};
use baton_flow::gate4::MissingTools;
use baton_flow::{Project, Question};
use serde_json::{Value, json};

use super::answers;
use super::news::Teller;
use super::world::RunWorld;
use crate::actor;
use crate::cli::LeadArgs;
use crate::commands::gates::Desk;
use crate::exit::{Verdict, say};

/// The agent that is nobody's program: people do the work.
const MANUAL: &str = "manual";
/// The agent that repeats what was recorded.
const REPLAY: &str = "replay";

/// Leads a project.
pub(super) fn lead(desk: &Desk, name: &str, args: &LeadArgs) -> Result<Verdict> {
    let mut project = Project::open(&desk.place, name, &desk.graph)?;
    let _lock = project.lead(&actor::now())?;
    let ended = process::end_orphans(&desk.root, name);
    if ended > 0 {
        say(&format!(
            "What an interrupted run left running was ended: {ended} processes."
        ));
    }
    let (adapter, by_hand) = adapter(desk, args)?;
    let stop = StopToken::default();
    let stopper = stop.clone();
    // Without it, agents would outlive us; nothing else depends on it.
    let _ = ctrlc::set_handler(move || stopper.stop());
    let world = RunWorld {
        place: &desk.place,
        project: name,
        graph: &desk.graph,
        graph_digest: &desk.graph_digest,
        adapter,
        by_hand,
        limits: limits(args),
        missing_tools: if args.allow_missing_tools {
            MissingTools::Allowed
        } else {
            MissingTools::Inconclusive
        },
        teller: Teller::new(name, &desk.graph, args.output_format),
        stop,
    };
    let end = drive(&mut project, &world, &desk.graph_digest)?;
    world.teller.end(&object(name, &end), &lines(name, &end));
    Ok(Verdict::Code(end.exit_code()))
}

/// Who does the work, and whether that is people.
fn adapter(desk: &Desk, args: &LeadArgs) -> Result<(Box<dyn AgentAdapter>, bool)> {
    let name = args.agent.as_deref().unwrap_or(MANUAL);
    if name == REPLAY {
        return Ok((Box::new(replay(desk, args)?), false));
    }
    if !args.recordings.is_empty() {
        bail!("`--recordings` is for `--agent replay` alone");
    }
    if name == MANUAL {
        return Ok((Box::new(Manual::default()), true));
    }
    let mut presets = Presets::embedded()?;
    if let Some(path) = &args.presets {
        let place = path.display().to_string();
        let text = fs::read_to_string(path).with_context(|| format!("cannot read `{place}`"))?;
        presets.add(&text, &place)?;
    }
    let transcripts = desk.place.state.join("transcripts");
    let command = CommandAdapter::new(&presets, name, &transcripts)?;
    if args.dry_run {
        return Ok((Box::new(DryRun(command)), false));
    }
    // Better now than in the middle of a run.
    command.program()?;
    Ok((Box::new(command), false))
}

fn replay(desk: &Desk, args: &LeadArgs) -> Result<Replay> {
    if args.recordings.is_empty() {
        bail!("`--agent replay` needs `--recordings DIR`: where the recordings are");
    }
    let absolute = |path: &PathBuf| std::path::absolute(path);
    let mut values = BTreeMap::new();
    for value in &args.value {
        let Some((name, value)) = value.split_once('=') else {
            bail!("`--value {value}` is not of the form NAME=VALUE");
        };
        values.insert(name.to_owned(), value.to_owned());
    }
    Ok(Replay {
        folders: args
            .recordings
            .iter()
            .map(absolute)
            .collect::<Result<_, _>>()?,
        originals: args.originals.as_ref().map(absolute).transpose()?,
        values,
        played: Some(desk.place.state.join("played")),
    })
}

fn limits(args: &LeadArgs) -> Limits {
    let usual = Limits::default();
    let minutes = |count: u64| Duration::from_secs(count.saturating_mul(60));
    Limits {
        silence: args.silence.map_or(usual.silence, minutes),
        whole: args.time.map_or(usual.whole, minutes),
        turns: args.turns,
        tokens: args.tokens,
        cost: args.cost,
        ..usual
    }
}

/// How a run ended, for people: what comes next stands last.
fn lines(project: &str, end: &End) -> Vec<String> {
    let resume = format!("  baton resume {project}");
    match end {
        End::Finished => vec![format!("{project} is finished: every step is done.")],
        End::SessionBreak(gate) => vec![
            format!(
                "SESSION BREAK RECOMMENDED after {gate}: begin the next step in a fresh session."
            ),
            resume,
        ],
        End::Waits(gate) => vec![
            "A person has to decide; then the run goes on.".to_owned(),
            format!("  baton approve {project} {gate}"),
            resume,
        ],
        End::Asks(question) => {
            let mut lines = vec![answers::text(question)];
            lines.extend(ways_to_answer(project, question));
            lines
        }
        End::Handed(job) => {
            let what = match &job.kind {
                JobKind::Step(_) => job.node.clone(),
                JobKind::Review { pass, .. } => format!("review {pass} of {}", job.node),
            };
            vec![format!("{what} waits for you; when it is done:"), resume]
        }
        End::Inconclusive { gate, reason } => vec![
            format!("{gate} could not look at everything: {reason}"),
            "Install what is missing, or take what was looked at for enough:".to_owned(),
            format!("{resume} --allow-missing-tools"),
        ],
        End::Halted { node, reason } => vec![
            format!("{node} is halted: {reason}"),
            "When the cause is mended, let it try once more:".to_owned(),
            format!("  baton reset {project} {node}"),
            resume,
        ],
        End::Stuck { node, reason } if node.is_empty() => vec![reason.clone()],
        End::Stuck { node, reason } => vec![format!("{node} cannot go on: {reason}")],
        End::Aborted(reason) => vec![format!("{project} was ended for good: {reason}")],
        End::Refused { reason, .. } => vec![format!("refused: {reason}")],
        End::Interrupted => vec!["Interrupted; nothing is lost.".to_owned(), resume],
        End::Shown => vec!["Nothing was started.".to_owned()],
    }
}

/// How a question is answered where nobody can be asked.
fn ways_to_answer(project: &str, question: &Question) -> Vec<String> {
    let resume = format!("  baton resume {project}");
    match question {
        Question::Route { decision, values } => {
            let value = values.first().map_or("VALUE", String::as_str);
            vec![
                format!("  baton state decide {project} --key {decision} --value {value}"),
                resume,
            ]
        }
        Question::Optional { node } => vec![
            format!("  baton choose {project} {node} run"),
            format!("  baton choose {project} {node} skip"),
        ],
        Question::Repeat { node, .. } => {
            vec![format!("  baton choose {project} {node} again"), resume]
        }
        Question::ReviewCeiling { node } => vec![
            format!("  baton choose {project} {node} accept"),
            format!("  baton choose {project} {node} review"),
        ],
        Question::Return { from, to, .. } => to
            .iter()
            .map(|to| format!("  baton choose {project} {from} {to} --reason WHY"))
            .collect(),
    }
}

fn object(project: &str, end: &End) -> Value {
    let (how, detail) = match end {
        End::Finished => ("finished", Value::Null),
        End::SessionBreak(gate) => ("session-break", json!({"gate": gate})),
        End::Waits(gate) => ("waits", json!({"gate": gate})),
        End::Asks(question) => ("asks", json!(question)),
        End::Handed(job) => ("handed", json!({"node": job.node})),
        End::Inconclusive { gate, reason } => {
            ("inconclusive", json!({"gate": gate, "reason": reason}))
        }
        End::Halted { node, reason } => ("halted", json!({"node": node, "reason": reason})),
        End::Stuck { node, reason } => ("stuck", json!({"node": node, "reason": reason})),
        End::Aborted(reason) => ("aborted", json!({"reason": reason})),
        End::Refused { code, reason } => ("refused", json!({"code": code, "reason": reason})),
        End::Interrupted => ("interrupted", Value::Null),
        End::Shown => ("shown", Value::Null),
    };
    let mut commands = lines(project, end);
    commands.retain(|line| line.starts_with("  baton "));
    let next: Vec<&str> = commands.iter().map(|line| line.trim()).collect();
    json!({
        "event": "end",
        "project": project,
        "how": how,
        "detail": detail,
        "exit": end.exit_code(),
        "next": next,
    })
}
