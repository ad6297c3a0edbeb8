//! Decisions have values that their readers know.

use baton_repo::session::SessionState;
use baton_source::{Severity, nearest};
use baton_syntax::node::{Node, Value};

use crate::support::state::violations;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for state in ctx.repo.session_states() {
        let Some(file) = ctx.repo.by_id(state.file) else {
            continue;
        };
        for violation in violations(ctx, file, "unknown-decision-value") {
            out.report(file.at(violation), &violation.message)
                .help("Write one of the values that are known.");
        }
        registered(ctx, (file, state), out);
    }
}

/// Values that only the registry knows; readers tolerate others there.
fn registered(ctx: &Ctx<'_>, (file, state): (&File, &SessionState), out: &mut Findings) {
    for decision in &state.decisions {
        let known = ctx.repo.decision_keys().values(&decision.key);
        let Some(written) = scalar(&decision.value) else {
            continue;
        };
        if known.is_empty() || written.is_empty() || known.contains(&written) {
            continue;
        }
        let list: Vec<String> = known.iter().map(|value| format!("`{value}`")).collect();
        let help = match nearest(written, known.iter().copied()) {
            Some(near) => format!("Write `{near}` if that is meant."),
            None => format!("Write one of {}.", list.join(", ")),
        };
        let message = format!("`{}` has the unknown value `{written}`", decision.key);
        out.report(file.at(&decision.value), message)
            .severity(Severity::Warning)
            .help(help);
    }
}

fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::String(text) | Value::Number(text) => Some(text),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => None,
    }
}
