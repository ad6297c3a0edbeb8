//! Fingerprints of results; equal findings are told apart by their order.

use std::collections::BTreeMap;

use baton_source::Diagnostic;

use crate::output::Shown;

/// Fingerprints of one run.
#[derive(Default)]
pub(super) struct Fingerprints {
    seen: BTreeMap<String, usize>,
}

impl Fingerprints {
    /// The fingerprint of the next finding.
    pub(super) fn of(&mut self, shown: &Shown<'_>, finding: &Diagnostic) -> String {
        let fingerprint = baton_check::fingerprint(shown.repo, finding);
        let count = self.seen.entry(fingerprint.clone()).or_default();
        *count += 1;
        format!("{fingerprint}:{count}")
    }
}
