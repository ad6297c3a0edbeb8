//! Whether the review that a step needs is there.

use std::fs;

use anyhow::{Context as _, Result};
use baton_flow::event::ReviewPresence;
use baton_flow::session::required_review;
use serde_json::{Map, Value, json};

use super::Desk;
use crate::cli::WaiverArgs;

/// What is known of the review of a step, and whether a waiver is used for it.
pub(super) fn presence(
    desk: &Desk,
    project: &str,
    step: &str,
    waiver: &WaiverArgs,
) -> Result<ReviewPresence> {
    let reason = waiver.challenger_skip_reason.as_deref().unwrap_or_default();
    let is_waived = waiver.allow_missing_challenger;
    if is_waived && reason.trim().is_empty() {
        return Ok(ReviewPresence::Waived {
            reason: String::new(),
        });
    }
    let Some(required) = required_review(step) else {
        return Ok(ReviewPresence::There);
    };
    let folder = desk.place.folder(project);
    if !folder.join(required.artifact).exists() {
        return Ok(ReviewPresence::There);
    }
    let sidecar = folder.join(required.findings);
    let bytes = match fs::read(&sidecar) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        read => read.with_context(|| format!("cannot read {}", sidecar.display()))?,
    };
    if serde_json::from_slice::<Value>(&bytes).is_ok() {
        return Ok(ReviewPresence::There);
    }
    if is_waived {
        return Ok(ReviewPresence::Waived {
            reason: reason.to_owned(),
        });
    }
    let inside = |name: &str| format!("{}/{project}/{name}", desk.place.artifacts);
    Ok(ReviewPresence::Missing {
        gating_artifact: inside(required.artifact),
        required_sidecar: inside(required.findings),
    })
}

/// What programs want to know of a refusal for want of a review.
pub(super) fn details(presence: &ReviewPresence) -> Map<String, Value> {
    let mut details = Map::new();
    match presence {
        ReviewPresence::There => {}
        ReviewPresence::Missing {
            gating_artifact,
            required_sidecar,
        } => {
            let remedy = format!(
                "Have {gating_artifact} reviewed, so that {required_sidecar} is there, or pass \
                 --allow-missing-challenger with --challenger-skip-reason."
            );
            details.insert("gating_artifact".to_owned(), json!(gating_artifact));
            details.insert("required_sidecar".to_owned(), json!(required_sidecar));
            details.insert("remediation".to_owned(), json!(remedy));
        }
        ReviewPresence::Waived { .. } => {
            let error = json!("challenger_skip_reason_required");
            details.insert("error".to_owned(), error);
        }
    }
    details
}
