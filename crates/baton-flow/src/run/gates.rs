//! Gates that are shown, decided, evaluated, or lose their approval.

use baton_repo::graph::{GraphNode, NodeKind};

use super::{Done, Turn, agents, refused, returns};
use crate::breaker;
use crate::effect::{Effect, RefusalCode};
use crate::event::{FailureCategory, RunEvent, Shown, Verdict};
use crate::pack;
use crate::plan::{self, NodeStatus};
use crate::state::{Approval, GateState, GateStatus};

fn closed_gate() -> GateState {
    GateState {
        status: GateStatus::Waiting,
        shown: None,
        approvals: Vec::new(),
        note: None,
        failures: 0,
        imported: false,
    }
}

pub(super) fn presented(turn: &mut Turn<'_>, id: &str, shown: &Shown) -> Done {
    let (number, node) = turn.gate(id)?;
    by_people(node)?;
    reached(turn, number, node)?;
    if let Some(reason) = plan::broken_precondition(turn.graph, &turn.state, number) {
        return Err(refused(RefusalCode::Conflict, reason));
    }
    let gate = turn.state.gates.entry(node.canonical.clone());
    let gate = gate.or_insert_with(closed_gate);
    let same = gate.status == GateStatus::Waiting
        && gate
            .shown
            .as_ref()
            .is_some_and(|last| last.digest == shown.digest);
    if !same {
        gate.approvals.clear();
        gate.note = None;
    }
    gate.status = GateStatus::Waiting;
    gate.imported = false;
    gate.shown = Some(shown.clone());
    Ok(Vec::new())
}

pub(super) fn approved(turn: &mut Turn<'_>, happened: &RunEvent) -> Done {
    let RunEvent::GateApproved {
        gate: id,
        digest,
        how,
        needed,
    } = happened
    else {
        return Ok(Vec::new());
    };
    let (number, node) = turn.gate(id)?;
    by_people(node)?;
    turn.by_a_person("approving a gate")?;
    let event = turn.event;
    let stale = |reason: String| Err(refused(RefusalCode::Stale, reason));
    let name = &node.id.value;
    if turn.status(number) == NodeStatus::Complete {
        return stale(format!("`{name}` is open already"));
    }
    reached(turn, number, node)?;
    if let Some(reason) = plan::broken_precondition(turn.graph, &turn.state, number) {
        return Err(refused(RefusalCode::Conflict, reason));
    }
    let gate = turn.state.gates.get_mut(&node.canonical);
    let gate = gate.filter(|gate| gate.status == GateStatus::Waiting);
    let Some(gate) = gate else {
        return stale(format!(
            "`{name}` was not shown since it was last closed; look at it first"
        ));
    };
    if gate.shown.as_ref().map(|shown| shown.digest.as_str()) != Some(digest) {
        return stale(format!(
            "the approval of `{name}` is for something other than what was shown last; look again"
        ));
    }
    if gate
        .approvals
        .iter()
        .any(|given| given.by.name.eq_ignore_ascii_case(&event.by.name))
    {
        return stale(format!(
            "`{}` has approved `{name}` already; somebody else has to",
            event.by.name
        ));
    }
    gate.approvals.push(Approval {
        by: event.by.clone(),
        at: event.at.clone(),
        how: how.clone(),
        digest: digest.clone(),
    });
    let given = u32::try_from(gate.approvals.len()).unwrap_or(u32::MAX);
    if given < (*needed).max(1) {
        return Ok(Vec::new());
    }
    gate.status = GateStatus::Open;
    gate.note = None;
    gate.failures = 0;
    Ok(opened(turn, number, node))
}

/// What follows at once from a gate's opening.
fn opened(turn: &mut Turn<'_>, number: usize, node: &GraphNode) -> Vec<Effect> {
    turn.forget_returns(number);
    let ends = pack::runner().session_break.contains(&node.canonical);
    let gate = node.id.value.clone();
    let ends = ends.then_some(Effect::SessionBreak { gate });
    ends.into_iter().collect()
}

pub(super) fn rejected(turn: &mut Turn<'_>, id: &str, reason: &str, to: Option<&str>) -> Done {
    let (number, node) = turn.gate(id)?;
    by_people(node)?;
    turn.by_a_person("rejecting a gate")?;
    let name = &node.id.value;
    if reason.trim().is_empty() {
        let reason = format!("say why `{name}` is rejected");
        return Err(refused(RefusalCode::ReasonMissing, reason));
    }
    if turn.status(number) == NodeStatus::Complete {
        let reason = format!("`{name}` is open; take a way back from a later step instead");
        return Err(refused(RefusalCode::Conflict, reason));
    }
    reached(turn, number, node)?;
    let Some(before) = plan::before_gate(turn.graph, &turn.state, number) else {
        let reason = format!("no step stands before `{name}`");
        return Err(refused(RefusalCode::NoSuchWay, reason));
    };
    let target = match to {
        None => before,
        Some(to) => turn.step(to)?.0,
    };
    let mut ways = plan::ways_back(turn.graph, &turn.state, before);
    ways.extend(plan::ways_back(turn.graph, &turn.state, number));
    if target != before && !ways.iter().any(|edge| edge.to.node == Some(target)) {
        let reason = format!(
            "the workflow graph has no way back from `{}` to `{}`",
            turn.graph.id(before),
            turn.graph.id(target)
        );
        return Err(refused(RefusalCode::NoSuchWay, reason));
    }
    let everything: Vec<usize> = (0..turn.graph.nodes.len()).collect();
    turn.at_rest(&everything)?;
    let left = if target == before { number } else { before };
    returns::enter(turn, (left, target), reason);
    let gate = turn.state.gates.entry(node.canonical.clone());
    let gate = gate.or_insert_with(closed_gate);
    gate.status = GateStatus::Rejected;
    gate.approvals.clear();
    gate.note = Some(reason.to_owned());
    Ok(Vec::new())
}

pub(super) fn deferred(turn: &mut Turn<'_>, id: &str, reason: Option<&str>) -> Done {
    let (_, node) = turn.gate(id)?;
    by_people(node)?;
    turn.by_a_person("deferring a gate")?;
    let gate = turn.state.gates.get_mut(&node.canonical);
    let Some(gate) = gate.filter(|gate| gate.status == GateStatus::Waiting) else {
        let reason = format!("`{}` does not wait for a decision", node.id.value);
        return Err(refused(RefusalCode::Conflict, reason));
    };
    gate.note = Some(match reason {
        Some(reason) => format!("deferred: {reason}"),
        None => "deferred".to_owned(),
    });
    Ok(Vec::new())
}

pub(super) fn stale(turn: &mut Turn<'_>, id: &str, changed: &[String]) -> Done {
    let (_, node) = turn.gate(id)?;
    let gate = turn.state.gates.get_mut(&node.canonical);
    let given =
        |gate: &&mut GateState| matches!(gate.status, GateStatus::Open | GateStatus::Waiting);
    let Some(gate) = gate.filter(given) else {
        let reason = format!(
            "`{}` has no approval that could be withdrawn",
            node.id.value
        );
        return Err(refused(RefusalCode::Conflict, reason));
    };
    gate.status = GateStatus::Withdrawn;
    gate.approvals.clear();
    gate.note = Some(format!("changed since: {}", changed.join(", ")));
    Ok(Vec::new())
}

pub(super) fn validated(turn: &mut Turn<'_>, happened: &RunEvent) -> Done {
    let RunEvent::Validated {
        gate: id,
        verdict,
        digest,
        findings,
    } = happened
    else {
        return Ok(Vec::new());
    };
    let (number, node) = turn.gate(id)?;
    if node.kind != NodeKind::MachineGate {
        let reason = format!("people decide about `{}`, not checks", node.id.value);
        return Err(refused(RefusalCode::Conflict, reason));
    }
    let was_open = turn.status(number) == NodeStatus::Complete;
    if !was_open {
        reached(turn, number, node)?;
    }
    let everything: Vec<usize> = (0..turn.graph.nodes.len()).collect();
    turn.at_rest(&everything)?;
    let gate = turn.state.gates.entry(node.canonical.clone());
    let gate = gate.or_insert_with(closed_gate);
    let note = (!findings.is_empty()).then(|| findings.join("; "));
    match verdict {
        Verdict::Pass => {
            gate.status = GateStatus::Open;
            gate.shown = Some(Shown {
                digest: digest.clone(),
                artifacts: std::collections::BTreeMap::new(),
                findings: String::new(),
                graph: turn.state.graph.clone(),
            });
            gate.note = None;
            gate.failures = 0;
            gate.imported = false;
            turn.forget_returns(number);
        }
        Verdict::Inconclusive if was_open => {}
        Verdict::Inconclusive => {
            gate.status = GateStatus::Inconclusive;
            gate.note.clone_from(&note);
            let gate = node.id.value.clone();
            let reason = note.unwrap_or_else(|| "a check could not be made".to_owned());
            return Ok(vec![Effect::Inconclusive { gate, reason }]);
        }
        Verdict::Fail => {
            gate.failures = gate.failures.saturating_add(1);
            gate.note.clone_from(&note);
            gate.status = GateStatus::Rejected;
            gate.imported = false;
            gate_failed(turn, (number, node), findings);
        }
    }
    Ok(Vec::new())
}

/// What failed at a machine gate goes back to where it was made; too often in a row halts that.
fn gate_failed(turn: &mut Turn<'_>, (number, node): (usize, &GraphNode), findings: &[String]) {
    let Some(target) = plan::failure_target(turn.graph, &turn.state, number) else {
        return;
    };
    returns::enter(turn, (number, target), &findings.join("\n"));
    let gate = turn.state.gates.get_mut(&node.canonical);
    let failures = gate.map_or(0, |gate| gate.failures);
    if failures < pack::runner().breaker.gate_failures.max(1) {
        return;
    }
    let at = turn.event.at.clone();
    let error = format!("`{}` fails: {}", node.id.value, findings.join("; "));
    let breaker = &mut turn.work(target).breaker;
    let category = FailureCategory::ValidationError;
    let trip = breaker::trip(breaker, "gate-failures", category, (failures, &error, &at));
    agents::halt(turn, target, &trip);
}

/// Refuses what people do where checks decide.
fn by_people(node: &GraphNode) -> Result<(), Effect> {
    if node.kind == NodeKind::Gate {
        return Ok(());
    }
    let name = &node.id.value;
    let reason = format!("checks decide about `{name}`, not people; have them made");
    Err(refused(RefusalCode::NotAllowed, reason))
}

/// Refuses while what comes before a gate is not done.
fn reached(turn: &Turn<'_>, number: usize, node: &GraphNode) -> Result<(), Effect> {
    let name = &node.id.value;
    if turn.status(number) == NodeStatus::Complete {
        let reason = format!("`{name}` is open already");
        return Err(refused(RefusalCode::Conflict, reason));
    }
    if turn.survey.is_live(number) {
        return Ok(());
    }
    let before = plan::before_gate(turn.graph, &turn.state, number);
    let before = before.map_or("what comes before it", |node| turn.graph.id(node));
    let reason =
        format!("the run has not come to `{name}`: `{before}` or a gate before it is open");
    Err(refused(RefusalCode::Conflict, reason))
}
