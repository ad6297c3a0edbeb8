//! What a person at the terminal says while a run goes: answers, and decisions about gates.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use baton_flow::Question;
use baton_flow::driver::Answer;

use crate::terminal::harmless;

/// Whether somebody is there who can be asked.
pub(super) fn is_somebody_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// The question as a person reads it.
pub(super) fn text(question: &Question) -> String {
    match question {
        Question::Route { decision, values } => {
            format!("Which `{decision}`? ({})", values.join(" or "))
        }
        Question::Optional { node } => format!("Run the optional `{node}`?"),
        Question::Repeat { node, substep } => {
            let part = substep.as_ref().map(|part| format!(", {part}"));
            let part = part.unwrap_or_default();
            format!(
                "`{node}`{part} was cut off, and may have changed something already. Do it again?"
            )
        }
        Question::ReviewCeiling { node } => {
            format!("`{node}` has had all the reviews it may have. Review once more?")
        }
        Question::Return { from, to, reason } => {
            format!(
                "{reason}. Go back from `{from}` to which step? ({})",
                to.join(" or ")
            )
        }
    }
}

/// What somebody answers; `None` if nobody does.
pub(super) fn ask(question: &Question) -> Option<Answer> {
    if !is_somebody_there() {
        return None;
    }
    let text = text(question);
    match question {
        Question::Route { values, .. } => choose(&text, values).map(Answer::Value),
        Question::Return { to, .. } => choose(&text, to).map(Answer::Value),
        Question::Optional { .. } | Question::Repeat { .. } | Question::ReviewCeiling { .. } => {
            confirm(&text).map(Answer::Choice)
        }
    }
}

/// One of some values, however it is capitalised; asked again until it is one.
fn choose(text: &str, values: &[String]) -> Option<String> {
    loop {
        let said = line(text)?;
        let fits = |value: &&String| value.eq_ignore_ascii_case(&said);
        if let Some(value) = values.iter().find(fits) {
            return Some(value.clone());
        }
    }
}

/// Yes or no; asked again until it is one of them.
pub(super) fn confirm(text: &str) -> Option<bool> {
    loop {
        match line(&format!("{text} [y/n]"))?.to_lowercase().as_str() {
            "y" | "yes" => return Some(true),
            "n" | "no" => return Some(false),
            _ => {}
        }
    }
}

/// A line that somebody types; `None` at the end of input.
pub(super) fn line(text: &str) -> Option<String> {
    let mut err = io::stderr().lock();
    write!(err, "{} ", harmless(text))
        .and_then(|()| err.flush())
        .ok()?;
    let mut said = String::new();
    let read = io::stdin().lock().read_line(&mut said).ok()?;
    (read > 0).then(|| said.trim().to_owned())
}
