//! Which artifact of a step calls for a review, and where its findings stand: data of the pack.

use baton_repo::graph::canonical;

use crate::pack;

/// A review that a step needs before it is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Required {
    /// The artifact that calls for it, from the project's folder.
    pub artifact: &'static str,
    /// The file in which its findings stand, from the project's folder.
    pub findings: &'static str,
}

/// The review that a step needs; `3.5` is understood.
pub fn required_review(step: &str) -> Option<Required> {
    let step = canonical(step.trim());
    let facts = pack::runner().step(step.strip_prefix("step-").unwrap_or(&step))?;
    Some(Required {
        artifact: facts.gating_artifact.as_deref()?,
        findings: facts.sidecar.as_deref()?,
    })
}

#[cfg(test)]
mod tests {
    use super::required_review;

    #[test]
    fn four_steps_need_a_review_in_any_spelling() {
        for step in ["1", "2", "3_5", "3.5", "step-4"] {
            assert!(required_review(step).is_some(), "{step}");
        }
        for step in ["3", "5", "6", "7", ""] {
            assert!(required_review(step).is_none(), "{step}");
        }
    }
}
