//! Where rules put what they find.

use baton_source::{Diagnostic, Location, Severity};

/// The findings of one rule.
#[derive(Debug)]
pub struct Findings {
    severity: Severity,
    found: Vec<Diagnostic>,
    undecided: usize,
}

impl Findings {
    /// An empty list for a rule of this severity.
    pub fn new(severity: Severity) -> Findings {
        Findings {
            severity,
            found: Vec::new(),
            undecided: 0,
        }
    }

    /// Reports a finding; help, labels, a fix or another severity are added to what it returns.
    pub fn report(
        &mut self,
        at: impl Into<Location>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.found.push(Diagnostic {
            rule: "",
            severity: self.severity,
            at: at.into(),
            message: message.into(),
            labels: Vec::new(),
            help: None,
            fix: None,
        });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Counts a question that the text does not answer: it is neither a finding nor right.
    pub fn undecided(&mut self) {
        self.undecided += 1;
    }

    /// How many questions the text did not answer.
    pub fn open_questions(&self) -> usize {
        self.undecided
    }

    /// Everything reported, in order.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }
}
