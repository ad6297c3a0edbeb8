//! A deployment that is complete carries the trace of its governance.

use baton_repo::session::{DecisionKeys, StateVersion, StepKey, StepStatus};
use baton_source::Severity;
use baton_syntax::node::{Node, Value};

use crate::support::governance_chain::CHECK as CHAIN;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const KEY: &str = "governance_trace";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let state = ctx.repo.session_state(file);
    let Some(state) = state.filter(|state| state.version() == Some(StateVersion::V3)) else {
        return;
    };
    // Decisions that are absent or no object are another rule's matter.
    let decisions = file.node().and_then(|root| root.get("decisions"));
    if !decisions.is_some_and(Node::is_mapping) {
        return;
    }
    let deploy = state.step(StepKey::Deploy);
    let Some(step) = deploy.filter(|step| step.is(StepStatus::Complete)) else {
        return;
    };
    let is_there = state
        .decision(KEY)
        .is_some_and(|trace| !is_empty(&trace.value));
    let (Some(status), false, true) = (&step.status, is_there, is_wanted(ctx)) else {
        return;
    };
    if is_logged(file) {
        return;
    }
    let finding = out.report(
        file.at(status),
        format!("step `6` is complete, but the decisions have no `{KEY}`"),
    );
    if ctx.is_asked(CHAIN) {
        let allows = ctx.settings.governance.allow_legacy;
        finding.severity(if allows {
            Severity::Info
        } else {
            Severity::Error
        });
    }
    finding.help("Record discovery, plan, code and live check under `decisions.governance_trace`.");
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Mapping(entries) => entries.is_empty(),
        Value::Sequence(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether the decision log has the trace, at the step of the deployment.
fn is_logged(file: &File) -> bool {
    let log = file.node().and_then(|root| root.get("decision_log"));
    let entries = log.map(Node::items).unwrap_or_default();
    entries.iter().any(|entry| {
        let step = entry.get("step");
        let step = step.and_then(|step| step.as_i64().or_else(|| step.as_str()?.parse().ok()));
        entry.get("key").and_then(Node::as_str) == Some(KEY) && step == Some(6)
    })
}

/// Whether this generation of repositories knows the trace.
fn is_wanted(ctx: &Ctx<'_>) -> bool {
    let since = ctx.repo.layout().since();
    let mut wanted = DecisionKeys::embedded()
        .about(KEY)
        .filter_map(|key| key.since.as_deref());
    wanted.any(|first| since.is_some_and(|since| since >= first))
}
