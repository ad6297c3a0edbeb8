//! Which artifact of a step calls for a review, and where its findings stand: data of the pack.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A review that a step needs before it is complete.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Required {
    /// The artifact that calls for it, from the project's folder.
    pub artifact: String,
    /// The file in which its findings stand, from the project's folder.
    pub findings: String,
}

/// The review that a step needs; `3.5` is understood.
pub fn required_review(step: &str) -> Option<&'static Required> {
    static REVIEWS: LazyLock<BTreeMap<String, Required>> = LazyLock::new(|| {
        let text = include_str!("../../../../rules/packs/apex/reviews.json");
        serde_json::from_str(text).unwrap_or_default()
    });
    let step = baton_repo::graph::canonical(step.trim());
    REVIEWS.get(step.strip_prefix("step-").unwrap_or(&step))
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
