//! Projects with infrastructure code have a manifest of SKUs.

use super::coverage::without_manifest;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

/// Generations before this had no manifests.
const SINCE: &str = "2026-05";

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let layout = ctx.repo.layout();
    let has_manifests = layout.since().is_some_and(|since| since >= SINCE);
    // The fork for landing zones decides about sizes elsewhere.
    let is_fork = layout.detection.generation == "landing-zone";
    if layout.is("apex") && has_manifests && !is_fork {
        without_manifest(ctx, out);
    }
}
