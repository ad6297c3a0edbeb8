//! Which rule speaks about which breach of the session state schema, and where an entry of the
//! decision log is pointed at.

use baton_repo::SchemaError;
use baton_source::Span;
use baton_syntax::node::Node;

use crate::{Ctx, File};

/// The breaches of the schema that a rule speaks about, in the order of the text.
pub(crate) fn violations<'c>(
    ctx: &Ctx<'c>,
    file: &File,
    slug: &'static str,
) -> impl Iterator<Item = &'c SchemaError> {
    let all = ctx.repo.session_violations(file);
    all.iter().filter(move |found| owner(found) == slug)
}

/// The parts of a breach's JSON pointer.
pub(crate) fn parts(violation: &SchemaError) -> Vec<&str> {
    violation.pointer.split('/').skip(1).collect()
}

/// Where an entry of the decision log is pointed at when it lacks something: its number, or its
/// first character.
pub(crate) fn beginning(entry: &Node) -> Span {
    let id = entry.get("id").map(|id| id.span);
    id.unwrap_or(Span::at(entry.span.start as usize))
}

/// The slug of the one rule that speaks about a breach.
fn owner(violation: &SchemaError) -> &'static str {
    let is_missing = violation.keyword == "required";
    match parts(violation).as_slice() {
        [] if is_missing => "missing-session-field",
        ["schema_version"] => "unknown-session-version",
        ["iac_tool"] => "unknown-iac-tool",
        ["current_step"] => "current-step-out-of-range",
        ["open_findings"] => "open-findings-not-list",
        ["decisions", rest @ ..] => decision_owner(rest, violation),
        ["review_audit"] if violation.keyword == "additionalProperties" => {
            "unknown-review-audit-step"
        }
        ["review_audit", ..] => "misshapen-review-audit",
        // The two rules about the log look at moments themselves.
        ["decision_log", _, "timestamp"] => "undated-decision",
        ["decision_log", ..] => "misshapen-decision-log",
        ["steps", rest @ ..] => step_owner(rest, violation),
        _ => "misshapen-session-state",
    }
}

fn decision_owner(rest: &[&str], violation: &SchemaError) -> &'static str {
    match rest {
        [] if violation.keyword == "required" => "missing-session-decision",
        ["complexity"] => "unknown-complexity",
        ["review_depth"] => "unknown-review-depth",
        [_] if violation.keyword == "enum" => "unknown-decision-value",
        _ => "misshapen-session-state",
    }
}

fn step_owner(rest: &[&str], violation: &SchemaError) -> &'static str {
    let is_missing = violation.keyword == "required";
    match rest {
        [] if is_missing => "missing-session-step",
        [] if violation.keyword == "type" => "misshapen-session-steps",
        [_] if is_missing => "missing-step-field",
        [_] => "misshapen-session-steps",
        [_, "name"] => "misnamed-session-step",
        [_, "status"] => "unknown-step-status",
        [_, "artifacts" | "context_files_used", ..] => "misshapen-step-list",
        _ => "misshapen-session-state",
    }
}
