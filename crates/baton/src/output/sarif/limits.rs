//! What GitHub takes of a log: more than that and it refuses all of it.
//!
//! <https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit>
//! and `file-too-large` beside it. What is left out is said, in the log and on standard error.

use std::cell::Cell;

use baton_check::Suppressed;
use baton_source::Diagnostic;

use crate::output::Shown;
use crate::output::summary::plural;

/// Results of one run; more are refused.
const RESULTS: usize = 25_000;

/// Results that are kept of those.
const KEPT: usize = 5_000;

/// Locations of one result that are kept.
pub(super) const LOCATIONS: usize = 100;

/// Tags of one rule that are kept.
pub(super) const TAGS: usize = 10;

/// Bytes of results, without blanks. A log may have 10 MB when gzip has compressed it, and that
/// makes results at least four times smaller.
const BYTES: usize = 40_000_000;

/// A finding, and what answers for it.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) finding: &'a Diagnostic,
    pub(super) by: Option<&'a Suppressed>,
}

/// The findings for which there is room.
pub(super) struct Chosen<'a> {
    pub(super) found: Vec<Found<'a>>,
    total: usize,
    written: Cell<usize>,
    bytes: Cell<usize>,
}

/// The findings of a report, suppressed ones last; the most severe first when some have to go.
pub(super) fn choose<'a>(shown: &'a Shown<'_>) -> Chosen<'a> {
    let findings = shown.report.findings.iter();
    let open = findings.map(|finding| Found { finding, by: None });
    let suppressed = shown.report.suppressed.iter().map(|one| Found {
        finding: &one.finding,
        by: Some(one),
    });
    let mut found: Vec<Found<'_>> = open.chain(suppressed).collect();
    let total = found.len();
    if total > KEPT {
        found.sort_by_key(|one| (one.by.is_some(), one.finding.severity));
        found.truncate(RESULTS);
    }
    Chosen {
        found,
        total,
        written: Cell::new(0),
        bytes: Cell::new(0),
    }
}

impl Chosen<'_> {
    /// Whether there is room for one more result of so many bytes; it is counted then.
    pub(super) fn has_room(&self, bytes: usize) -> bool {
        let bytes = self.bytes.get() + bytes;
        if bytes > BYTES {
            return false;
        }
        self.bytes.set(bytes);
        self.written.set(self.written.get() + 1);
        true
    }

    /// What is to be said of what nobody will see, once everything is written.
    pub(super) fn remark(&self) -> Option<String> {
        let written = self.written.get();
        let left_out = self.total - written;
        if left_out > 0 {
            return Some(format!(
                "{left_out} of {} are not in this SARIF log: GitHub refuses one with more than \
                 {RESULTS} or with more than 10 MB; the most severe are kept",
                plural(self.total, "finding"),
            ));
        }
        (written > KEPT).then(|| {
            format!(
                "GitHub keeps {KEPT} of the {} in this SARIF log; the most severe come first",
                plural(written, "finding"),
            )
        })
    }
}
