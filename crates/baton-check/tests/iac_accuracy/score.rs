//! Counts of right and wrong verdicts, and tables of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Verdicts of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    /// What was judged: cases, examples or resources.
    pub(crate) judged: usize,
    /// Faults that were found.
    pub(crate) found: usize,
    /// Findings where no fault is.
    pub(crate) false_alarms: usize,
    /// Faults that were not found.
    pub(crate) missed: usize,
}

impl Score {
    /// The share of findings that are right.
    pub(crate) fn precision(&self) -> f64 {
        share(self.found, self.false_alarms)
    }

    /// The share of faults that are found.
    pub(crate) fn recall(&self) -> f64 {
        share(self.found, self.missed)
    }

    /// Counts one verdict: what the label says, and what we say.
    pub(crate) fn verdict(&mut self, bad: bool, reported: bool) {
        self.judged += 1;
        match (bad, reported) {
            (true, true) => self.found += 1,
            (true, false) => self.missed += 1,
            (false, true) => self.false_alarms += 1,
            (false, false) => {}
        }
    }

    fn add(&mut self, other: &Self) {
        self.judged += other.judged;
        self.found += other.found;
        self.false_alarms += other.false_alarms;
        self.missed += other.missed;
    }
}

fn share(right: usize, wrong: usize) -> f64 {
    if right + wrong == 0 {
        return 1.0;
    }
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    count(right) / count(right + wrong)
}

/// All scores added up.
pub(crate) fn total<'a>(scores: impl IntoIterator<Item = &'a Score>) -> Score {
    let mut total = Score::default();
    for score in scores {
        total.add(score);
    }
    total
}

/// A table in Markdown: a row for each score, and their sum.
pub(crate) fn table(heads: &[&str], scores: &BTreeMap<Vec<String>, Score>) -> String {
    let mut text = format!(
        "| {} | Judged | Found | False alarms | Missed | Precision | Recall |\n|{}",
        heads.join(" | "),
        "---|".repeat(heads.len() + 6)
    );
    let mut sum = vec![String::new(); heads.len()];
    if let Some(first) = sum.first_mut() {
        "Total".clone_into(first);
    }
    let all = total(scores.values());
    for (names, score) in scores.iter().chain([(&sum, &all)]) {
        let _ = write!(
            text,
            "\n| {} | {} | {} | {} | {} | {:.3} | {:.3} |",
            names.join(" | "),
            score.judged,
            score.found,
            score.false_alarms,
            score.missed,
            score.precision(),
            score.recall()
        );
    }
    text.push('\n');
    text
}
