//! What stands at the beginning of a session, in one line. Nothing is asked of the network: what
//! cannot be told from files is not told.

use serde_json::Value;

use crate::covered::quoted;

/// What is known around a session; each is the text of a file, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// The newest session state, JSON.
    pub state: Option<String>,
    /// What the Azure command line remembers of its subscriptions, JSON.
    pub azure_profile: Option<String>,
    /// The subscription that the environment names.
    pub subscription: Option<String>,
    /// The branch.
    pub branch: Option<String>,
}

/// Step, subscription, whether somebody is signed in, branch.
pub fn summary(surroundings: &Surroundings) -> String {
    let absent = || "N/A".to_owned();
    let state = surroundings.state.as_deref().and_then(parsed);
    let step = state.as_ref().and_then(step).unwrap_or_else(absent);
    let profile = surroundings.azure_profile.as_deref().and_then(parsed);
    let account = profile.as_ref().and_then(account);
    let named = surroundings.subscription.as_deref().map(quoted);
    let subscription = named.or(account.clone()).unwrap_or_else(absent);
    let auth = match (&account, &profile) {
        (Some(_), _) => "signed in with az".to_owned(),
        (None, Some(_)) => "not signed in".to_owned(),
        (None, None) => absent(),
    };
    let branch = surroundings.branch.as_deref().map_or_else(absent, quoted);
    format!(
        "Session context: Step: {step} | Subscription: {subscription} | Auth: {auth} | Branch: {branch}"
    )
}

/// The Azure command line writes a mark in front of its files.
fn parsed(text: &str) -> Option<Value> {
    serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()
}

/// The step in hand with its name. A state counts in whole steps, so that 3 may mean 3.5.
fn step(state: &Value) -> Option<String> {
    let number = match state.get("current_step")? {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.replace('_', "."),
        _ => return None,
    };
    let steps = state.get("steps");
    let of = |key: &str| steps.and_then(|steps| steps.get(key));
    let status = |key: &str| of(key).and_then(|step| step.get("status")?.as_str());
    let is_done = |key: &str| matches!(status(key), Some("complete" | "completed" | "skipped"));
    let half = format!("{number}_5");
    let is_half = status(&half).is_some_and(|status| status == "in_progress")
        || is_done(&number) && of(&half).is_some() && !is_done(&half);
    let (key, shown) = if is_half {
        (half, format!("{number}.5"))
    } else {
        (number.replace('.', "_"), number)
    };
    let name = of(&key).and_then(|step| step.get("name")?.as_str());
    Some(match name.filter(|name| !name.is_empty()) {
        Some(name) => format!("{} ({})", quoted(&shown), quoted(name)),
        None => quoted(&shown),
    })
}

/// The name of the subscription that the Azure command line uses.
fn account(profile: &Value) -> Option<String> {
    let all = profile.get("subscriptions")?.as_array()?;
    let mut current = all
        .iter()
        .filter(|one| one.get("isDefault").and_then(Value::as_bool) == Some(true));
    current.next()?.get("name")?.as_str().map(quoted)
}

#[cfg(test)]
mod tests {
    use super::{Surroundings, summary};

    fn check(state: &str, expected: &str) {
        let said = summary(&Surroundings {
            state: Some(state.to_owned()),
            ..Surroundings::default()
        });
        let step = said.strip_prefix("Session context: Step: ").unwrap();
        assert_eq!(step.split(" | ").next().unwrap(), expected, "{state}");
    }

    #[test]
    fn the_step_is_found_between_whole_ones_too() {
        check(
            r#"{"current_step": 2, "steps": {"2": {"name": "Architecture"}}}"#,
            "2 (Architecture)",
        );
        check(
            r#"{"current_step": 3, "steps": {"3": {"name": "Design", "status": "complete"},
                "3_5": {"name": "Governance", "status": "in_progress"}}}"#,
            "3.5 (Governance)",
        );
        check(
            r#"{"current_step": 3, "steps": {"3": {"name": "Design", "status": "in_progress"},
                "3_5": {"name": "Governance", "status": "pending"}}}"#,
            "3 (Design)",
        );
        check(
            r#"{"current_step": 3, "steps": {"3": {"status": "skipped"}, "3_5": {"status": "pending"}}}"#,
            "3.5",
        );
        check(r#"{"current_step": 4, "steps": {}}"#, "4");
        check(r#"{"current_step": null}"#, "N/A");
        check("not JSON", "N/A");
    }

    #[test]
    fn what_is_not_known_is_not_told() {
        let nothing = summary(&Surroundings::default());
        assert_eq!(
            nothing,
            "Session context: Step: N/A | Subscription: N/A | Auth: N/A | Branch: N/A"
        );
        let profile = "\u{feff}{\"subscriptions\": [{\"name\": \"a\"}, {\"name\": \"Shop\", \"isDefault\": true}]}";
        let said = summary(&Surroundings {
            azure_profile: Some(profile.to_owned()),
            branch: Some("main".to_owned()),
            ..Surroundings::default()
        });
        assert!(
            said.ends_with("Subscription: Shop | Auth: signed in with az | Branch: main"),
            "{said}"
        );
    }
}
