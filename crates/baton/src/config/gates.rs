//! The part of `baton.toml` about gates.

use std::collections::BTreeMap;

use baton_flow::gate::{GatePolicy, GateRule};
use baton_repo::graph::canonical;
use serde::Deserialize;
use serde_json::{Value, json};

/// Who decides at gates, as a file says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct GatesTable {
    /// Who may decide: addresses of mail or names as git knows them.
    pub(crate) approvers: Option<Vec<String>>,
    /// How many have to approve.
    pub(crate) needed: Option<u32>,
    /// The command that is told of a waiting gate, and its arguments.
    pub(crate) notify: Option<Vec<String>>,
    /// What differs at single gates.
    pub(crate) at: BTreeMap<String, GateTable>,
}

/// What differs at one gate.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct GateTable {
    /// Who may decide there.
    pub(crate) approvers: Option<Vec<String>>,
    /// How many have to approve there.
    pub(crate) needed: Option<u32>,
}

impl GatesTable {
    /// Puts a file's words over what the files it extends say.
    pub(crate) fn over(self, policy: &mut GatePolicy) {
        if let Some(approvers) = self.approvers {
            policy.approvers = approvers;
        }
        if let Some(notify) = self.notify {
            policy.notify = notify;
        }
        policy.needed = self.needed.unwrap_or(policy.needed);
        for (gate, table) in self.at {
            let rule = GateRule {
                approvers: table.approvers,
                needed: table.needed,
            };
            policy.at.insert(canonical(&gate), rule);
        }
    }
}

/// The schema of the table.
pub(crate) fn schema() -> Value {
    let approvers = json!({
        "description": "Who may decide: addresses of mail or names as git knows them; nobody named means anybody.",
        "type": "array",
        "items": { "type": "string" },
    });
    let needed = json!({
        "description": "How many of them have to approve.",
        "type": "integer",
        "minimum": 1,
    });
    json!({
        "description": "Who decides at gates. It counts as it stands on the base branch.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "approvers": approvers,
            "needed": needed,
            "notify": {
                "description": "The command that is told of a waiting gate, with its arguments; it reads JSON from standard input.",
                "type": "array",
                "items": { "type": "string" },
            },
            "at": {
                "description": "What differs at single gates, such as `gate-3`.",
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": { "approvers": approvers, "needed": needed },
                },
            },
        },
    })
}
