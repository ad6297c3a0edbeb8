//! What the schema says about session state, one rule per fact; this table says it in words.

use baton_repo::SchemaError;

use crate::support::state::{parts, violations};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    for violation in violations(ctx, file, slug) {
        out.report(file.at(violation), message(file, violation))
            .help(help(slug));
    }
}

fn message(file: &File, violation: &SchemaError) -> String {
    let written = violation.span.of(file.text());
    let said = violation.message.replacen(
        "a whole number, not a number",
        &format!("a whole number, not {written}"),
        1,
    );
    let key = violation.key.as_deref().unwrap_or_default();
    match parts(violation).as_slice() {
        [] if violation.keyword == "required" => format!("the session state lacks `{key}`"),
        [] => violation
            .message
            .replacen("the document", "the session state", 1),
        ["decisions"] if violation.keyword == "required" => {
            format!("the decisions lack `{key}`")
        }
        ["steps"] if violation.keyword == "required" => format!("step `{key}` is missing"),
        ["steps", step] if violation.keyword == "required" => {
            format!("step `{step}` lacks `{key}`")
        }
        ["steps", step] => {
            let message = violation.message.split_once(" must be ");
            let wanted = message.map_or("an object", |(_, wanted)| wanted);
            format!("step `{step}` must be {wanted}")
        }
        ["steps", step, ..] => format!("in step `{step}`, {said}"),
        ["review_audit", audit, _, ..] => format!("in `{audit}`, {said}"),
        _ => said,
    }
}

fn help(slug: &str) -> &'static str {
    match slug {
        "missing-session-field" => {
            "Add the field; the template shows what a new project begins with."
        }
        "unknown-session-version" => "Write `\"3.0\"`, the current version of the format.",
        "unknown-iac-tool" => "Write `Bicep`, `Terraform` or, until it is chosen, an empty text.",
        "current-step-out-of-range" => "Write a whole number from 0 to 7; step 3.5 is stored as 3.",
        "open-findings-not-list" => {
            "Write a list of texts; an empty list says that nothing is open."
        }
        "missing-session-decision" => "Add the key; an empty text says that it is not decided yet.",
        "unknown-review-depth" => "Write `default` or `deep`, or leave the key out.",
        "misshapen-review-audit" => {
            "Record counts as whole numbers from 0, and what was skipped, why and by which models as lists."
        }
        "misshapen-session-steps" => "Write an object with one object per step.",
        "missing-session-step" => "Add the step as the template has it, with the status `pending`.",
        "missing-step-field" => {
            "Add the field; `null` stands for a moment that has not come, `[]` for no files."
        }
        "misnamed-session-step" => "Give the step its fixed name.",
        "unknown-step-status" => "Write `pending`, `in_progress`, `complete` or `skipped`.",
        "misshapen-step-list" => "Write a list of paths; an empty list says that there are none.",
        _ => "Give the value the form that the schema demands.",
    }
}
