//! The review of the code: only when somebody asked for one, and then it has to approve.

use std::collections::BTreeMap;

use baton_repo::File;
use serde_json::Value;

use super::table::Row;
use super::{Outcome, Request, Why};
use crate::event::ReviewVerdict;

const RULE: &str = "unapproved-code";

/// Looks for what reviewers said about the code.
pub(super) fn judge(request: &Request<'_>, row: &Row) -> Outcome {
    let step = row.step.as_deref().unwrap_or_default();
    let planned = planned(request, step);
    let said = said(request, step);
    let files = request.subject.files(&row.files);
    if planned == 0 && said.is_empty() && files.is_empty() {
        return Outcome::not_applicable(format!("nobody asked for a review of step {step}"));
    }
    let mut outcome = Outcome::default();
    if said.is_empty() && files.is_empty() {
        let message =
            format!("{planned} reviews of step {step} are planned, and none was carried out");
        outcome.block(&request.subject, None, Why::new(RULE, message));
        return outcome;
    }
    // What the runner recorded itself outweighs what stands in files.
    if said.is_empty() {
        for file in files {
            of_file(request, file, &mut outcome);
        }
        return outcome;
    }
    for (pass, verdict) in &said {
        outcome
            .evaluated
            .push(format!("review {pass} of step {step}"));
        if *verdict != ReviewVerdict::Approved {
            let word = match verdict {
                ReviewVerdict::NeedsRevision => "wants the code revised",
                ReviewVerdict::RequiresEarlierStep => "wants an earlier step done anew",
                ReviewVerdict::Failed | ReviewVerdict::Approved => "failed",
            };
            let message = format!("review {pass} of the code {word}");
            outcome.block(&request.subject, None, Why::new(RULE, message));
        }
    }
    let count = said.len();
    if count < planned {
        let message = format!("{planned} reviews of step {step} are planned, {count} carried out");
        outcome.block(&request.subject, None, Why::new(RULE, message));
    }
    outcome
}

/// How many reviews of a step the state plans.
fn planned(request: &Request<'_>, step: &str) -> usize {
    let audit = request.state.document.get("review_audit");
    let entry = audit.and_then(|audit| audit.get(format!("step_{step}")));
    let count = entry.and_then(|entry| entry.get("passes_planned"));
    let count = count.and_then(Value::as_u64).unwrap_or(0);
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The last verdict of each review of the step's present result.
fn said(request: &Request<'_>, step: &str) -> BTreeMap<u32, ReviewVerdict> {
    let nodes = request.subject.graph.nodes.iter().enumerate();
    let own = nodes.filter(|(number, node)| {
        node.step_number() == Some(step) && request.subject.applies(*number)
    });
    let work = own.filter_map(|(_, node)| request.state.work.get(&node.canonical));
    let reviews = work.flat_map(|work| &work.reviews);
    reviews
        .map(|(pass, _, verdict)| (*pass, *verdict))
        .collect()
}

/// What one file of findings says: a verdict, or else whether something must be fixed.
fn of_file(request: &Request<'_>, file: &File, outcome: &mut Outcome) {
    if file.path.name().ends_with("-decisions.json") {
        return;
    }
    let name = file.path.name();
    let Some(root) = file.node().filter(|root| root.is_mapping()) else {
        let message = format!("`{name}` holds no review that can be read");
        outcome.block(
            &request.subject,
            Some(file.whole()),
            Why::new(RULE, message),
        );
        return;
    };
    outcome.evaluated.push(name.to_owned());
    let verdict = ["verdict", "review_verdict", "status"]
        .into_iter()
        .find_map(|key| root.get(key));
    if let Some(verdict) = verdict {
        let word = verdict.as_str().unwrap_or_default();
        if !word.eq_ignore_ascii_case("approved") {
            let message = format!("`{name}` says `{word}`, not `APPROVED`");
            outcome.block(
                &request.subject,
                Some(file.at(verdict)),
                Why::new(RULE, message),
            );
        }
        return;
    }
    let must_fix = root.entry("must_fix_count");
    let count = must_fix.and_then(|entry| entry.value.as_i64());
    match (must_fix, count) {
        (_, Some(0)) => outcome.notes.push(format!(
            "`{name}` gives no verdict; it finds nothing that must be fixed"
        )),
        (Some(entry), _) => {
            let message = format!("`{name}` finds what must be fixed");
            outcome.block(
                &request.subject,
                Some(file.at(entry)),
                Why::new(RULE, message),
            );
        }
        (None, _) => {
            let message = format!("`{name}` says neither a verdict nor what must be fixed");
            outcome.block(
                &request.subject,
                Some(file.whole()),
                Why::new(RULE, message),
            );
        }
    }
}
