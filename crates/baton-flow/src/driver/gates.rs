//! Gates in a run: machines validate, people decide.

use baton_repo::graph::canonical;

use super::{Choice, Drive, End, News};
use crate::event::{RunEvent, What};
use crate::{FlowError, GateStatus};

impl Drive<'_, '_> {
    /// Evaluates a machine gate.
    pub(super) fn validate(&mut self, gate: String) -> Result<Option<End>, FlowError> {
        let validation = self.world.validate(&self.state, &gate)?;
        self.world.tell(&News::Validated(&gate, &validation));
        self.happen(RunEvent::Validated {
            gate,
            verdict: validation.verdict,
            digest: validation.digest,
            findings: validation.findings,
        })
    }

    /// Shows a gate to those who decide, and has them decide if they are there.
    pub(super) fn present(&mut self, gate: String) -> Result<Option<End>, FlowError> {
        self.world.hand_over(&self.state)?;
        let shown = self.world.show(&self.state, &gate)?;
        let known = self.state.gates.get(&canonical(&gate));
        let known = known.filter(|known| known.status == GateStatus::Waiting);
        if known.and_then(|known| known.shown.as_ref()) != Some(&shown) {
            let end = self.happen(RunEvent::GatePresented {
                gate: gate.clone(),
                shown: shown.clone(),
            })?;
            if end.is_some() {
                return Ok(end);
            }
            self.todo.clear();
            self.world.tell(&News::Waits(&gate, &shown));
        }
        let Some((by, choice)) = self.world.decide(&self.state, &gate, &shown) else {
            return Ok(Some(End::Waits(gate)));
        };
        self.world.tell(&News::Decided(&gate, &choice));
        let event = match choice {
            Choice::Approve { how, needed } => RunEvent::GateApproved {
                gate: gate.clone(),
                digest: shown.digest,
                how,
                needed,
            },
            Choice::Reject { reason, to } => RunEvent::GateRejected {
                gate: gate.clone(),
                reason,
                to,
            },
            Choice::Defer { reason } => {
                let deferred = RunEvent::GateDeferred {
                    gate: gate.clone(),
                    reason,
                };
                let end = self.happen_by(&by, What::Run(deferred))?;
                return Ok(end.or(Some(End::Waits(gate))));
            }
        };
        self.happen_by(&by, What::Run(event))
    }

    /// Closes gates behind which something lies that nobody has approved.
    pub(super) fn withdraw_what_changed(&mut self) -> Result<Option<End>, FlowError> {
        for (gate, changed) in self.world.changed(&self.state)? {
            self.world.tell(&News::Stale(&gate, &changed));
            if let Some(end) = self.happen(RunEvent::GateStale { gate, changed })? {
                return Ok(Some(end));
            }
        }
        Ok(None)
    }
}
