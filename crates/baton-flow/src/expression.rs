//! Small conditions that graphs hold: `constraints.count == 0`, `decisions.x present`.
//!
//! Graphs write them half in prose. What is not understood, or not known, is told as unknown
//! and never guessed.

use serde_json::Value;

use crate::state::RunState;
use crate::steps::look_up;

/// Whether a condition holds in a state; `None`: that cannot be told from the state.
pub(crate) fn holds(state: &RunState, condition: &str) -> Option<bool> {
    let words: Vec<&str> = condition.split_whitespace().collect();
    match words.as_slice() {
        [path, "present"] => is_there(state, path),
        [path, "absent"] | [path, "not", "present"] => is_there(state, path).map(|there| !there),
        [path, operator, wanted @ ..] if !wanted.is_empty() => {
            let wanted = wanted.join(" ");
            compare(state, path, operator, unquoted(&wanted))
        }
        _ => None,
    }
}

/// Only decisions are known to be missing: everything else may stand in some artifact.
fn is_there(state: &RunState, path: &str) -> Option<bool> {
    match value(state, path) {
        Some(value) => Some(!is_empty(&value)),
        None => path.starts_with("decisions.").then_some(false),
    }
}

fn compare(state: &RunState, path: &str, operator: &str, wanted: &str) -> Option<bool> {
    let held = value(state, path)?;
    let numbers = number(&held).zip(wanted.parse::<f64>().ok());
    match operator {
        "==" | "=" => Some(equal(&held, wanted)),
        "!=" => Some(!equal(&held, wanted)),
        "<" => numbers.map(|(held, wanted)| held < wanted),
        "<=" => numbers.map(|(held, wanted)| held <= wanted),
        ">" => numbers.map(|(held, wanted)| held > wanted),
        ">=" => numbers.map(|(held, wanted)| held >= wanted),
        _ => None,
    }
}

fn equal(held: &Value, wanted: &str) -> bool {
    match held {
        Value::String(text) => text.eq_ignore_ascii_case(wanted),
        Value::Number(_) => number(held).is_some_and(|held| {
            wanted
                .parse::<f64>()
                .is_ok_and(|wanted| (held - wanted).abs() < f64::EPSILON)
        }),
        Value::Bool(held) => wanted == if *held { "true" } else { "false" },
        _ => false,
    }
}

/// What a path leads to. A list followed by `count` or `length` is its length, and a list alone
/// is that too: nothing else of a list can be compared.
fn value(state: &RunState, path: &str) -> Option<Value> {
    let whole = path.strip_prefix("decisions.").unwrap_or(path);
    let stem = [".count", ".length"]
        .iter()
        .find_map(|ending| whole.strip_suffix(ending));
    let decisions = state.document.get("decisions").and_then(Value::as_object);
    let find = |name: &str| {
        decisions
            .and_then(|decisions| look_up(decisions, name))
            .or_else(|| look_up(&state.document, name))
    };
    let found = find(whole).or_else(|| stem.and_then(find).filter(|value| value.is_array()))?;
    match found {
        Value::Array(list) => Some(Value::from(list.len())),
        other => Some(other.clone()),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Number(number) => number.as_u64() == Some(0),
        _ => false,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    }
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(|quote| matches!(quote, '\'' | '"' | '`'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::holds;
    use crate::state::RunState;

    #[test]
    fn conditions_are_decided_from_the_document_or_not_at_all() {
        let serde_json::Value::Object(document) = json!({
            "open_findings": ["a", "b"],
            "decisions": {
                "complexity": "Simple",
                "constraints": {"count": 0},
                "governance_trace": {"reconciliation_status": "escalated_to_step-2"},
                "empty": "",
            },
        }) else {
            unreachable!()
        };
        let state = RunState {
            document,
            ..RunState::default()
        };
        for (condition, expected) in [
            ("constraints.count == 0", Some(true)),
            ("constraints.count > 0", Some(false)),
            ("open_findings.count >= 2", Some(true)),
            ("open_findings == 0", Some(false)),
            ("complexity == 'simple'", Some(true)),
            ("complexity != \"simple\"", Some(false)),
            ("decisions.governance_trace present", Some(true)),
            ("decisions.unknown present", Some(false)),
            ("decisions.empty present", Some(false)),
            ("unknown present", None),
            ("decisions.unknown not present", Some(true)),
            (
                "governance_trace.reconciliation_status != 'escalated_to_step-2'",
                Some(false),
            ),
            ("step-4.challenger.exit_criteria == 'all'", None),
            (
                "count(step-4.findings where requires_step == 'step-2') == 0",
                None,
            ),
            ("", None),
            ("complexity", None),
            ("complexity like simple", None),
        ] {
            assert_eq!(holds(&state, condition), expected, "{condition}");
        }
    }
}
