//! Where rules put what they find.

use baton_source::{Diagnostic, Location, Severity};

/// The findings of one rule.
#[derive(Debug)]
pub struct Findings {
    severity: Severity,
    found: Vec<Diagnostic>,
}

impl Findings {
    /// An empty list for a rule of this severity.
    pub fn new(severity: Severity) -> Findings {
        Findings {
            severity,
            found: Vec::new(),
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

    /// Everything reported, in order.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }
}
