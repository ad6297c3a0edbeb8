//! Who may decide at a gate, how many have to, and who is told that one waits.

mod notify;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_repo::graph::canonical;
use serde::Deserialize;

pub use notify::{Waiting, notify, waiting};

/// What the configuration says about gates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatePolicy {
    /// Who may decide; nobody named means anybody.
    pub approvers: Vec<String>,
    /// How many have to approve.
    pub needed: u32,
    /// What holds for single gates, by canonical identifier.
    pub at: BTreeMap<String, GateRule>,
    /// The command that is told of a waiting gate, with its arguments.
    pub notify: Vec<String>,
}

/// What differs at one gate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GateRule {
    /// Who may decide there.
    pub approvers: Option<Vec<String>>,
    /// How many have to approve there.
    pub needed: Option<u32>,
}

/// Where a command runs, as far as it tells who runs it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Streams that are no terminal, of those a person uses.
    pub closed: Vec<&'static str>,
    /// Names of variables that are set.
    pub variables: Vec<String>,
}

/// What agents leave in the environment of what they start.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AgentVariables {
    names: Vec<String>,
    prefixes: Vec<String>,
    settings: Vec<String>,
}

impl Default for GatePolicy {
    fn default() -> GatePolicy {
        GatePolicy {
            approvers: Vec::new(),
            needed: 1,
            at: BTreeMap::new(),
            notify: Vec::new(),
        }
    }
}

impl GatePolicy {
    /// Who may decide at a gate; nobody named means anybody.
    pub fn approvers(&self, gate: &str) -> &[String] {
        let own = self
            .at
            .get(&canonical(gate))
            .and_then(|rule| rule.approvers.as_ref());
        own.unwrap_or(&self.approvers)
    }

    /// How many have to approve at a gate, at least one.
    pub fn needed(&self, gate: &str) -> u32 {
        let own = self.at.get(&canonical(gate)).and_then(|rule| rule.needed);
        own.unwrap_or(self.needed).max(1)
    }

    /// Whether somebody known by some names may decide at a gate; else why not.
    pub fn allows(&self, gate: &str, names: &[String]) -> Result<(), String> {
        let approvers = self.approvers(gate);
        let is_one = |name: &String| approvers.iter().any(|one| one.eq_ignore_ascii_case(name));
        if approvers.is_empty() || names.iter().any(is_one) {
            return Ok(());
        }
        let you = match names.first() {
            Some(name) => format!("you are `{name}`"),
            None => "git does not know who you are: set `user.email`".to_owned(),
        };
        Err(format!(
            "`{}` decide at {gate}, and {you}",
            approvers.join("`, `")
        ))
    }
}

/// Why nobody who is there can be taken for a person; `None`: somebody can.
///
/// An agent that starts commands leaves variables behind and gives them no terminal.
pub fn no_person(surroundings: &Surroundings) -> Option<String> {
    if let Some(variable) = surroundings.variables.iter().find(|name| is_agents(name)) {
        return Some(format!(
            "`{variable}` is set, so an agent may be asking; open a terminal that no agent started"
        ));
    }
    let closed = match surroundings.closed.as_slice() {
        [] => return None,
        [one] => format!("{one} is no terminal"),
        several => format!("{} are no terminals", several.join(" and ")),
    };
    Some(format!(
        "{closed}, so nobody is there to decide; where there is none, bring approvals in a signed \
         bundle: `baton ledger import FILE`"
    ))
}

fn is_agents(name: &str) -> bool {
    static VARIABLES: LazyLock<AgentVariables> = LazyLock::new(|| {
        let text = include_str!("../../../rules/packs/hosts/environment.toml");
        let nothing = AgentVariables {
            names: Vec::new(),
            prefixes: Vec::new(),
            settings: Vec::new(),
        };
        toml::from_str(text).unwrap_or(nothing)
    });
    let is_own = VARIABLES
        .prefixes
        .iter()
        .any(|prefix| name.starts_with(prefix));
    let is_setting = VARIABLES.settings.iter().any(|setting| setting == name);
    VARIABLES.names.iter().any(|known| known == name) || is_own && !is_setting
}

/// Whether what somebody typed or passed confirms a gate: its name in any spelling, or the
/// beginning of the digest of what was shown.
pub fn confirms(said: &str, gate: &str) -> bool {
    canonical(said.trim()) == canonical(gate)
}

/// The least number of digits of a digest that count.
pub const LEAST_DIGITS: usize = 8;

/// Whether some digits are the beginning of a digest, and enough of them.
pub fn begins(digits: &str, digest: &str) -> bool {
    digits.len() >= LEAST_DIGITS && digest.starts_with(&digits.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{GatePolicy, GateRule, Surroundings, begins, confirms, no_person};

    fn with(closed: &[&'static str], variables: &[&str]) -> Option<String> {
        no_person(&Surroundings {
            closed: closed.to_vec(),
            variables: variables.iter().map(|name| (*name).to_owned()).collect(),
        })
    }

    #[test]
    fn agents_are_told_by_what_they_leave_in_the_environment() {
        for agent in [
            "CLAUDECODE",
            "CLAUDE_CODE_ENTRYPOINT",
            "CODEX_SANDBOX",
            "CODEX_THREAD_ID",
            "COPILOT_CLI",
            "COPILOT_AGENT_SESSION_ID",
            "CURSOR_AGENT",
            "GEMINI_CLI",
            "OPENCODE",
            "AI_AGENT",
            "BATON_AGENT",
        ] {
            let said = with(&[], &["HOME", agent]).unwrap_or_default();
            assert!(said.contains(agent), "{agent}: {said}");
        }
        for person in [
            "HOME",
            "CODEX_HOME",
            "CLAUDE_CODE_USE_BEDROCK",
            "TERM_PROGRAM",
            "EDITOR",
        ] {
            assert_eq!(with(&[], &[person]), None, "{person}");
        }
    }

    #[test]
    fn without_a_terminal_nobody_decides() {
        let said = with(&["standard input", "standard error"], &[]).unwrap();
        assert!(
            said.starts_with("standard input and standard error are no terminals"),
            "{said}"
        );
    }

    #[test]
    fn single_gates_may_want_other_people_and_more_of_them() {
        let rule = GateRule {
            approvers: Some(vec!["Ada@example.com".to_owned()]),
            needed: Some(2),
        };
        let policy = GatePolicy {
            approvers: vec!["eve@example.com".to_owned()],
            needed: 0,
            at: [("gate-2_5".to_owned(), rule)].into(),
            notify: Vec::new(),
        };
        assert_eq!((policy.needed("gate-1"), policy.needed("gate-2.5")), (1, 2));
        let ada = ["ada@example.com".to_owned()];
        assert!(policy.allows("gate-2_5", &ada).is_ok());
        let said = policy.allows("gate-1", &ada).unwrap_err();
        assert_eq!(
            said,
            "`eve@example.com` decide at gate-1, and you are `ada@example.com`"
        );
        assert!(
            policy
                .allows("gate-1", &[])
                .unwrap_err()
                .contains("user.email")
        );
        assert!(GatePolicy::default().allows("gate-1", &[]).is_ok());
    }

    #[test]
    fn a_gate_is_confirmed_by_its_name_or_enough_of_the_digest() {
        assert!(confirms(" Gate-2.5\n", "gate-2_5"));
        assert!(!confirms("yes", "gate-2_5") && !confirms("", "gate-2_5"));
        let digest = "0123456789abcdef";
        assert!(begins("01234567", digest) && begins("0123456789ABCDEF", digest));
        assert!(!begins("0123456", digest) && !begins("", digest) && !begins("12345678", digest));
    }
}
