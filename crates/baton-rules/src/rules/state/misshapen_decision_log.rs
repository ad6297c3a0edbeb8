//! Entries of the decision log have one of the two forms that readers know.

use baton_repo::Moment;
use baton_repo::session::{LogEntry, StepKey};
use baton_syntax::node::Node;

use crate::support::state::{beginning, violations};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Keys of the numbered form; the short form needs only `decision`.
const NUMBERED: [&str; 6] = ["id", "step", "agent", "title", "choice", "rationale"];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for violation in violations(ctx, file, "misshapen-decision-log") {
        out.report(file.at(violation), &violation.message)
            .help("Give the entry the form that readers of the log expect.");
    }
    let Some(state) = ctx.repo.session_state(file) else {
        return;
    };
    let log = file.node().and_then(|root| root.get("decision_log"));
    let entries = log.map_or(&[][..], Node::items);
    for (node, entry) in entries.iter().zip(&state.decision_log) {
        if node.is_mapping() {
            missing(file, node, out);
            values(file, (node, entry), out);
        }
    }
}

fn missing(file: &File, node: &Node, out: &mut Findings) {
    // An entry that says `decision` is of the short form, whatever else it says.
    if node.get("decision").is_some() {
        return;
    }
    for key in NUMBERED.iter().filter(|key| node.get(key).is_none()) {
        out.report(
            file.at(&beginning(node)),
            format!("the entry lacks `{key}`"),
        )
        .help(format!(
            "Add `{key}`, or put the whole decision into `decision`."
        ));
    }
}

fn values(file: &File, (node, entry): (&Node, &LogEntry), out: &mut Findings) {
    if let Some(step) = entry
        .step
        .as_ref()
        .filter(|step| StepKey::parse(&step.value).is_none())
    {
        out.report(file.at(step), format!("there is no step `{}`", step.value))
            .help("Write a step from 1 to 7, or `3_5`.");
    }
    let timestamp = node.get("timestamp").filter(|value| !value.is_null());
    let is_moment = entry
        .timestamp
        .as_ref()
        .is_some_and(|field| field.value.parse::<Moment>().is_ok());
    if let Some(value) = timestamp.filter(|_| !is_moment) {
        let written = value.span.of(file.text()).trim_matches('"');
        out.report(file.at(value), format!("`{written}` is no moment"))
            .help("Write date and time in UTC, such as `2026-01-31T12:00:00Z`.");
    }
}
