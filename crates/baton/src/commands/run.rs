//! `run`, `resume` and `abort`: leads a project through its workflow.

mod answers;
mod begin;
mod files;
mod lead;
mod migrate;
mod news;
mod world;

use anyhow::{Result, bail};
use baton_flow::event::CeilingChoice;
use baton_flow::request::{Meant, meant};
use baton_flow::{Project, RunEvent, What};

use crate::actor;
use crate::cli::{AbortArgs, ChooseArgs, ResetArgs, ResumeArgs, StartArgs};
use crate::commands::gates::{Desk, tell};
use crate::exit::{Verdict, say};

/// The word before a project's name that changes the workflow it follows.
const MIGRATE: &str = "migrate";

/// `baton run`.
pub(super) fn run(args: &StartArgs) -> Result<Verdict> {
    let desk = Desk::open()?;
    let known = desk.projects()?;
    if let [word, project] = args.what.as_slice()
        && word == MIGRATE
        && known.contains(project)
    {
        return migrate::migrate(&desk, project, args.yes);
    }
    let request = args.what.join(" ");
    let Some(name) = understood(&request, &known, args.yes)? else {
        return Ok(Verdict::Waiting);
    };
    if !known.contains(&name) {
        begin::begin(&desk, &name)?;
    }
    // A name alone says nothing of what is wanted.
    if request != name {
        let mut project = Project::open(&desk.place, &name, &desk.graph)?;
        let asked = What::Run(RunEvent::Requested { text: request });
        project.record(asked, &actor::actor(&desk.root), &actor::now())?;
    }
    lead::lead(&desk, &name, &args.lead)
}

/// `baton resume`.
pub(super) fn resume(args: &ResumeArgs) -> Result<Verdict> {
    let desk = Desk::open()?;
    let name = match &args.project {
        Some(name) => name.clone(),
        None => desk.only_project()?,
    };
    if begin::has_folder(&desk, &name) && !desk.projects()?.contains(&name) {
        begin::begin(&desk, &name)?;
    }
    desk.project(&name)?;
    lead::lead(&desk, &name, &args.lead)
}

/// `baton abort`.
pub(super) fn abort(args: &AbortArgs) -> Result<Verdict> {
    let reason = args.reason.clone();
    happen(&args.project, RunEvent::Aborted { reason })
}

/// `baton reset`.
pub(super) fn reset(args: &ResetArgs) -> Result<Verdict> {
    let node = args.node.clone();
    happen(&args.project, RunEvent::BreakerReset { node })
}

/// `baton choose`.
pub(super) fn choose(args: &ChooseArgs) -> Result<Verdict> {
    let node = args.node.clone();
    let event = match args.answer.as_str() {
        "run" => RunEvent::OptionChosen { node, run: true },
        "skip" => RunEvent::OptionChosen { node, run: false },
        "again" => RunEvent::RepeatChosen { node },
        "accept" => RunEvent::CeilingDecided {
            node,
            choice: CeilingChoice::Accept,
        },
        "review" => RunEvent::CeilingDecided {
            node,
            choice: CeilingChoice::Override,
        },
        to => {
            let Some(reason) = args.reason.clone() else {
                bail!(
                    "a way back needs `--reason`; other answers are run, skip, accept, review, again"
                );
            };
            RunEvent::ReturnTaken {
                from: node,
                to: to.to_owned(),
                reason,
            }
        }
    };
    happen(&args.project, event)
}

/// Has something happen to a project, and says what follows.
fn happen(name: &str, event: RunEvent) -> Result<Verdict> {
    let desk = Desk::open()?;
    let (mut project, _) = desk.project(name)?;
    let by = actor::actor(&desk.root);
    let recorded = project.record(What::Run(event), &by, &actor::now())?;
    Ok(tell(name, &recorded.effects))
}

/// The project a request is about; `None`: somebody has to say.
fn understood(request: &str, known: &[String], yes: bool) -> Result<Option<String>> {
    let (name, why) = match meant(request, known) {
        Meant::Named(name) => return Ok(Some(name)),
        Meant::Known(name) => (name, "the request mentions it"),
        Meant::Called(name) => (name, "the request calls it so"),
        Meant::Likely(name) => (name, "from the words that say most"),
        Meant::Nothing => {
            let Some(said) = asked("Which project is this? A short name:") else {
                bail!(
                    "the request gives no clue to the project's name; put it first: \
                     `baton run NAME`, or say `called NAME`"
                );
            };
            return Ok(Some(said));
        }
    };
    say(&format!("Project: {name} ({why})."));
    if yes || !answers::is_somebody_there() {
        return Ok(Some(name));
    }
    match answers::line("Enter to go on, or another name:") {
        None => Ok(None),
        Some(said) if said.is_empty() => Ok(Some(name)),
        Some(said) => Ok(Some(said)),
    }
}

fn asked(question: &str) -> Option<String> {
    if !answers::is_somebody_there() {
        return None;
    }
    answers::line(question).filter(|said| !said.is_empty())
}
