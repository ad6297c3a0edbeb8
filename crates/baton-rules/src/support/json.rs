//! What rules about JSON share.

use baton_source::Severity;
use baton_syntax::json::Fault;

use crate::{Ctx, File};

/// Kinds of file whose own family says what is wrong with their syntax.
const JUDGED_ELSEWHERE: &[&str] = &[
    "session-state",
    "session-state-template",
    "workflow-graph",
    "governance-json",
    "agent-registry",
    "model-catalog",
    "sku-manifest",
    "environment-manifest",
    "policy-precheck",
];

/// What is wrong with a file as JSON, unless another family says it.
pub(crate) fn faults<'f>(ctx: &Ctx<'_>, file: &'f File) -> impl Iterator<Item = &'f Fault> {
    let is_readable = file.problem().is_none();
    let faults = if is_readable { file.json_faults() } else { &[] };
    let is_ours = faults.is_empty() || !is_judged_elsewhere(ctx, file);
    faults.iter().filter(move |_| is_ours)
}

/// Whether another family judges a file.
pub(crate) fn is_judged_elsewhere(ctx: &Ctx<'_>, file: &File) -> bool {
    let mut kinds = JUDGED_ELSEWHERE.iter();
    kinds.any(|kind| ctx.repo.is_kind(file, kind))
}

/// How much a fault matters: data of tests may be broken on purpose.
pub(crate) fn severity(ctx: &Ctx<'_>, file: &File) -> Severity {
    if ctx.repo.is_kind(file, "test-data") {
        Severity::Warning
    } else {
        Severity::Error
    }
}

/// Whether a file is something Azure deploys; it takes comments and trailing commas there.
pub(crate) fn is_deployment_template(file: &File) -> bool {
    file.text().contains("schema.management.azure.com/schemas/")
}
