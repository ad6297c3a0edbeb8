//! `baton trace FILE`: whether agents discovered policies as they should, by the log of their
//! session.
//!
//! What is looked for, as the reference does it, verified: 2026-11-21.

use anyhow::{Context as _, Result};
use baton_syntax::node::Node;

use super::{json_of, print};
use crate::cli::TraceArgs;
use crate::exit::Verdict;
use crate::terminal::harmless;

/// The script that discovers policies.
const DISCOVERY: &str = "azure-governance-discovery/scripts/discover.py";
const AGENT: &str = "04g-Governance";
/// Reviews may speak of policies.
const REVIEWER: &str = "challenger-review-subagent";
const POLICY_WORDS: &[&str] = &[
    "azure policy",
    "policy assignment",
    "policyassignments",
    "policydefinitions",
    "az rest",
    "rest discovery",
];
const VALIDATION_WORDS: &[&str] = &[
    "lint:",
    "json.tool",
    "ajv",
    "revalidate",
    "re-validate",
    "validation",
];

/// What was done once.
struct Call {
    name: String,
    tool: String,
    agent: String,
    arguments: String,
}

/// What is told: whether it is an error, and the sentence.
type Finding = (bool, String);

/// Runs the command.
pub(super) fn trace(args: &TraceArgs) -> Result<Verdict> {
    let name = args.file.display();
    let root = json_of(&args.file)?.filter(Node::is_mapping);
    let root = root.with_context(|| format!("{name} is no log of a session"))?;
    let findings = judge(&calls(&root));
    let shown = harmless(&name.to_string()).into_owned();
    print(|out| {
        for (is_error, message) in &findings {
            let word = if *is_error { "error" } else { "warning" };
            writeln!(out, "{word}: {shown}: {message}")?;
        }
        if findings.is_empty() {
            writeln!(out, "{shown}: policies were discovered as they should be")?;
        }
        Ok(())
    })?;
    let failed = findings.iter().any(|(is_error, _)| *is_error);
    Ok(if failed {
        Verdict::Findings
    } else {
        Verdict::Clean
    })
}

fn judge(calls: &[Call]) -> Vec<Finding> {
    let count = |is: &dyn Fn(&Call) -> bool| calls.iter().filter(|call| is(call)).count();
    let is_discovery = |call: &Call| call.arguments.contains(DISCOVERY);
    let runs = |call: &Call| call.tool == "run_in_terminal";
    let mut found = Vec::new();
    if count(&|call| runs(call) && is_discovery(call)) == 0 {
        found.push(match count(&|call| call.agent == AGENT) {
            0 => (
                false,
                format!("`{AGENT}` does not occur: nobody discovered policies"),
            ),
            _ => (
                true,
                format!("`{AGENT}` ran, but not its script `discover.py`"),
            ),
        });
    }
    let mut tell = |count: usize, what: &str| {
        if count > 0 {
            found.push((true, format!("{count} × {what}")));
        }
    };
    tell(
        count(&|call| {
            call.name == "runSubagent"
                && !call.arguments.contains(REVIEWER)
                && mentions(&call.arguments, POLICY_WORDS)
        }),
        "a subagent was sent to look for policies again",
    );
    tell(
        count(&|call| {
            (runs(call) || call.tool == "execution_subagent")
                && call.arguments.contains("az rest")
                && !is_discovery(call)
        }),
        "`az rest` ran outside of the script that discovers policies",
    );
    tell(
        count(&|call| {
            (call.name == "execution_subagent" || call.tool == "execution_subagent")
                && mentions(&call.arguments, VALIDATION_WORDS)
        }),
        "a subagent was started to validate, which a command does faster",
    );
    found
}

fn mentions(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| text.contains(word))
}

fn calls(root: &Node) -> Vec<Call> {
    let items =
        |node: &Node, key: &str| node.get(key).map(Node::items).unwrap_or_default().to_vec();
    let resources = items(root, "resourceSpans");
    let scopes = resources.iter().flat_map(|one| items(one, "scopeSpans"));
    let spans: Vec<Node> = scopes.flat_map(|one| items(&one, "spans")).collect();
    spans.iter().map(call).collect()
}

fn call(span: &Node) -> Call {
    let attributes = span.get("attributes").map(Node::items).unwrap_or_default();
    let attribute = |key: &str| {
        let mut found = attributes
            .iter()
            .filter(|one| one.get("key").and_then(Node::as_str) == Some(key));
        let value = found.next_back().and_then(|one| one.get("value"));
        let text = value
            .and_then(|value| value.get("stringValue"))
            .and_then(Node::as_str);
        text.unwrap_or_default().to_owned()
    };
    Call {
        name: span
            .get("name")
            .and_then(Node::as_str)
            .unwrap_or_default()
            .to_owned(),
        tool: attribute("gen_ai.tool.name"),
        agent: attribute("gen_ai.agent.name"),
        arguments: attribute("gen_ai.tool.call.arguments"),
    }
}
