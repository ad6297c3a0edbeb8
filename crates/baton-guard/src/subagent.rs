//! `subagent-validation`: whether what another agent answers is of the kind its caller counts on.
//!
//! It advises; in its strict mode it sends the agent back once.

mod transcript;

use serde_json::Value;

use crate::answer::{Answer, Ruling};
use crate::covered::quoted;
use crate::environment::{Variables, is_on};
use crate::hook::Reply;
use crate::payload::Payload;

pub use transcript::last_assistant_message;

/// Words of which an agent that validates must say one.
const VERDICTS: &[&str] = &["APPROVED", "NEEDS_REVISION", "FAILED", "PASS", "FAIL"];
/// An answer below this many characters tells little.
const SHORT: usize = 100;

/// What is to be said of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Finding {
    /// Nothing is wrong.
    Fine,
    /// It is as it should be, and worth knowing.
    Notable(String),
    /// It is not what the caller counts on.
    Wrong(String),
}

/// Whether the environment wants agents sent back: `SUBAGENT_VALIDATION_STRICT`.
pub fn is_strict(variables: Variables<'_>) -> bool {
    is_on(variables, "SUBAGENT_VALIDATION_STRICT")
}

/// Looks at what an agent answered. `transcript` gives the text of a file, where the payload does
/// not hold the answer itself.
pub fn validate(
    payload: &Payload,
    strict: bool,
    transcript: &dyn Fn(&str) -> Option<String>,
) -> Reply {
    let said = payload.response.clone().or_else(|| {
        let files = payload.transcripts.iter();
        let mut texts = files.filter_map(|file| transcript(file));
        texts.find_map(|text| last_assistant_message(&text))
    });
    let Some(said) = said else {
        let note = "subagent-validation: neither the payload nor a transcript holds the answer";
        return Reply {
            notes: vec![note.to_owned()],
            ..Reply::default()
        };
    };
    match judged(&payload.subagent, said.trim()) {
        Finding::Fine => Reply::silent(),
        Finding::Wrong(message) if strict && !payload.is_continuing => Reply::of(Answer {
            message: Some(message.clone()),
            ..Answer::ruling(Ruling::KeepGoing(message))
        }),
        Finding::Notable(message) | Finding::Wrong(message) => Reply::of(Answer::saying(message)),
    }
}

fn judged(names: &[String], said: &str) -> Finding {
    let is_named = |part: &str| {
        let mut names = names.iter().map(|name| name.to_ascii_lowercase());
        names.any(|name| name.contains(part))
    };
    let shown = names
        .first()
        .map_or_else(|| "agent".to_owned(), |name| quoted(name));
    if is_named("challenger") {
        return challenged(&shown, said);
    }
    let validates = names
        .iter()
        .any(|name| name.to_ascii_lowercase().ends_with("-validate-subagent"));
    if validates && !speaks_a_verdict(said) {
        return Finding::Wrong(format!(
            "subagent-validation: `{shown}` gives no verdict; it should say one of {}",
            VERDICTS.join(", ")
        ));
    }
    if said.is_empty() {
        let makes = is_named("codegen") || is_named("lint");
        return if makes {
            Finding::Wrong(format!("subagent-validation: `{shown}` answered nothing"))
        } else {
            Finding::Fine
        };
    }
    let length = said.chars().count();
    if length < SHORT && !validates {
        return Finding::Wrong(format!(
            "subagent-validation: `{shown}` answered with {length} characters only; see whether \
             it did its job"
        ));
    }
    Finding::Fine
}

/// A reviewer answers in JSON with findings.
fn challenged(name: &str, said: &str) -> Finding {
    let Some(review) = unfenced(said) else {
        return Finding::Wrong(format!(
            "subagent-validation: `{name}` answered with no JSON, so its review cannot be read"
        ));
    };
    let findings = review.get("findings").and_then(Value::as_array);
    let risk = review.get("risk_level").and_then(Value::as_str);
    match findings {
        Some(findings) if !findings.is_empty() => Finding::Fine,
        Some(_) if risk.is_some_and(|risk| risk.eq_ignore_ascii_case("none")) => Finding::Notable(
            format!("subagent-validation: `{name}` found nothing, and says that there is no risk"),
        ),
        Some(_) => Finding::Wrong(format!(
            "subagent-validation: `{name}` gives an empty list `findings`; see whether it reviewed"
        )),
        None => Finding::Wrong(format!(
            "subagent-validation: the answer of `{name}` has no list `findings`"
        )),
    }
}

fn speaks_a_verdict(said: &str) -> bool {
    let mut words = said.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.any(|word| VERDICTS.contains(&word))
}

/// The JSON object in an answer, which may stand in a fence or between sentences.
fn unfenced(said: &str) -> Option<Value> {
    let whole = serde_json::from_str::<Value>(said).ok();
    if let Some(value) = whole.filter(Value::is_object) {
        return Some(value);
    }
    let fences = said.split("```").skip(1).step_by(2);
    let mut bodies = fences.map(|fence| {
        let body = fence.split_once('\n').map_or(fence, |(_, body)| body);
        serde_json::from_str::<Value>(body.trim()).ok()
    });
    let fenced = bodies.find_map(|value| value.filter(Value::is_object));
    fenced.or_else(|| {
        let (start, end) = (said.find('{')?, said.rfind('}')?);
        let value: Value = serde_json::from_str(said.get(start..=end)?).ok()?;
        value.is_object().then_some(value)
    })
}

#[cfg(test)]
mod tests;
