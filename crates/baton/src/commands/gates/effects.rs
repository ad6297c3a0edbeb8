//! What is said about what came of an event.

use baton_flow::{Effect, Question, RefusalCode};

use crate::exit::{Verdict, say};
use crate::terminal::{Terminal, harmless};

/// Says what follows and gives the exit code.
pub(super) fn tell(project: &str, effects: &[Effect]) -> Verdict {
    let mut verdict = Verdict::Clean;
    for effect in effects {
        if let Effect::Refused { code, reason } = effect {
            return refuse(*code, reason);
        }
        let (text, next) = told(project, effect);
        say(&format!(
            "{} {}",
            Terminal::stderr().bold("next:"),
            harmless(&text)
        ));
        verdict = if verdict == Verdict::Clean {
            next
        } else {
            verdict
        };
    }
    verdict
}

/// Says why something was refused.
pub(super) fn refuse(code: RefusalCode, reason: &str) -> Verdict {
    let word = Terminal::stderr().strong_error("refused:");
    say(&format!("{word} {}", harmless(reason)));
    match code {
        RefusalCode::Unknown | RefusalCode::Conflict => Verdict::Findings,
        RefusalCode::ReviewMissing
        | RefusalCode::ReasonMissing
        | RefusalCode::NoSuchWay
        | RefusalCode::Stale
        | RefusalCode::NotAllowed => Verdict::Incomplete,
        RefusalCode::Halted => Verdict::Halted,
    }
}

/// What follows, with the command that does it, and what it means for who asked.
pub(super) fn told(project: &str, effect: &Effect) -> (String, Verdict) {
    let run = |what: String| (format!("{what}: `baton resume {project}`"), Verdict::Clean);
    match effect {
        Effect::RunAgent { node, substep, .. } => match substep {
            Some(part) => run(format!("{node} works on {part}")),
            None => run(format!("{node} works")),
        },
        Effect::RunReview { node, pass, lens } => run(format!("review {pass} of {node}, {lens}")),
        Effect::Validate { gate } => run(format!("{gate} is evaluated")),
        Effect::Present { gate } | Effect::Await { gate } => (
            format!("{gate} waits for approval: `baton approve {project} {gate}`"),
            Verdict::Waiting,
        ),
        Effect::Ask { question } => run(asked(question)),
        Effect::SessionBreak { gate } => run(format!(
            "SESSION BREAK RECOMMENDED after {gate}; a new session goes on"
        )),
        Effect::Halt { node, reason } => (format!("{node} is halted: {reason}"), Verdict::Halted),
        Effect::Stuck { node, reason } => {
            (format!("{node} leads nowhere: {reason}"), Verdict::Findings)
        }
        Effect::Inconclusive { gate, reason } => (
            format!("{gate} could not look at everything: {reason}"),
            Verdict::Inconclusive,
        ),
        Effect::Ended { reason } => (format!("the run was ended: {reason}"), Verdict::Findings),
        Effect::Finish => ("every step is done".to_owned(), Verdict::Clean),
        Effect::Refused { reason, .. } => (reason.clone(), Verdict::Incomplete),
    }
}

fn asked(question: &Question) -> String {
    match question {
        Question::Route { decision, values } => {
            format!("`{decision}` has to be one of {}", values.join(", "))
        }
        Question::Optional { node } => format!("whether {node} is run has to be answered"),
        Question::Repeat { node, .. } => {
            format!("{node} was cut off, and whether it is done again has to be answered")
        }
        Question::Return { from, to, reason } => format!(
            "{from} needs an earlier step to be mended ({reason}); the way back leads to {}",
            to.join(" or ")
        ),
        Question::ReviewCeiling { node } => {
            format!("whether {node} gets more reviews has to be answered")
        }
    }
}
