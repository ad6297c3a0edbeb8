//! Which nodes take part, which are reached, and which are behind the run.

use baton_repo::graph::{Edge, Outcome, ROUTING_DECISION, RequiresMode, WorkflowGraph};

use super::step_key;
use crate::effect::Question;
use crate::pack;
use crate::reviews::{self, Standing};
use crate::state::{GateStatus, RunState};
use crate::steps::{self, StepStatus};

/// Whether a node takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Applies {
    /// It does.
    Yes,
    /// It belongs to another track.
    No,
    /// The decision it depends on was not taken.
    Open,
}

/// What a state means for every node of a graph.
#[derive(Debug, Clone)]
pub(crate) struct Survey {
    applies: Vec<Applies>,
    /// Reached: all that must come before is done.
    live: Vec<bool>,
    /// Reached and done.
    settled: Vec<bool>,
}

impl Survey {
    /// Whether a node takes part.
    pub(crate) fn applies(&self, node: usize) -> Applies {
        self.applies.get(node).copied().unwrap_or(Applies::No)
    }

    /// Whether a node is reached.
    pub(crate) fn is_live(&self, node: usize) -> bool {
        self.live.get(node).copied().unwrap_or(false)
    }

    /// Whether a node is reached and done.
    pub(crate) fn is_settled(&self, node: usize) -> bool {
        self.settled.get(node).copied().unwrap_or(false)
    }

    /// Nodes that are reached and not done, in the order of the graph.
    pub(crate) fn frontier(&self) -> impl Iterator<Item = usize> {
        let nodes = 0..self.live.len();
        nodes.filter(|node| self.is_live(*node) && !self.is_settled(*node))
    }
}

/// What a state means for every node.
///
/// A node counts as done only when everything before it does: a gate that loses its approval
/// takes all that follows out of reach, whatever the document says of those steps.
pub(crate) fn survey(graph: &WorkflowGraph, state: &RunState) -> Survey {
    let nodes = 0..graph.nodes.len();
    let applies: Vec<Applies> = nodes
        .clone()
        .map(|node| applies(graph, state, node))
        .collect();
    let outcomes: Vec<Option<Outcome>> = nodes.map(|node| outcome(graph, state, node)).collect();
    let looked_at = Looked {
        graph,
        state,
        applies: &applies,
        outcomes: &outcomes,
    };
    let reachable = looked_at.spread(&[]);
    let undecided: Vec<usize> = (0..graph.nodes.len())
        .filter(|node| {
            let optional = graph.node(*node).is_some_and(|node| node.optional);
            let reached = reachable.get(*node) == Some(&true);
            optional && reached && outcomes.get(*node) == Some(&None)
        })
        .collect();
    let live = if undecided.is_empty() {
        reachable
    } else {
        looked_at.spread(&undecided)
    };
    let done = outcomes.iter().map(Option::is_some);
    let settled = live
        .iter()
        .zip(done)
        .map(|(live, done)| *live && done)
        .collect();
    Survey {
        applies,
        live,
        settled,
    }
}

/// Whether a node takes part.
pub(crate) fn applies(graph: &WorkflowGraph, state: &RunState, node: usize) -> Applies {
    let Some(node) = graph.node(node) else {
        return Applies::No;
    };
    let Some(condition) = &node.condition else {
        return Applies::Yes;
    };
    match steps::decision(state, condition.decision()) {
        None => Applies::Open,
        Some(value) if value.eq_ignore_ascii_case(condition.equals.value.trim()) => Applies::Yes,
        Some(_) => Applies::No,
    }
}

/// Whether a gate is open here; what stood open in a file of others does not count.
pub(crate) fn is_open(graph: &WorkflowGraph, state: &RunState, gate: usize) -> bool {
    let gate = graph
        .node(gate)
        .and_then(|node| state.gates.get(&node.canonical));
    gate.is_some_and(|gate| gate.status == GateStatus::Open && !gate.imported)
}

/// Whether a decision leaves an optional step out, so that nobody is asked.
pub(crate) fn is_skipped_unasked(graph: &WorkflowGraph, state: &RunState, node: usize) -> bool {
    if !graph.node(node).is_some_and(|node| node.optional) {
        return false;
    }
    let key = step_key(graph, node);
    let chosen = graph
        .node(node)
        .and_then(|node| state.work.get(&node.canonical))
        .is_some_and(|work| work.chosen);
    let decision = pack::runner().skip_decisions.get(&key);
    let skips = decision.and_then(|name| steps::decision(state, name));
    !chosen
        && steps::status(state, &key) == StepStatus::Pending
        && skips.is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// The question for a decision on which tracks depend and which has none of their values.
pub(crate) fn route_question(graph: &WorkflowGraph, state: &RunState) -> Option<Question> {
    let mut routes: Vec<(String, Vec<String>)> = Vec::new();
    let mut add = |decision: &str, value: String| {
        let known = routes.iter_mut().find(|(name, _)| name == decision);
        match known {
            Some((_, values)) => values.push(value),
            None => routes.push((decision.to_owned(), vec![value])),
        }
    };
    for branch in graph.branches() {
        add(branch.decision, branch.value.to_owned());
    }
    let variants = graph.nodes.iter().find(|node| node.variants.len() > 1);
    let conditioned = graph.nodes.iter().any(|node| node.condition.is_some());
    for variant in variants
        .filter(|_| !conditioned)
        .map_or(&[][..], |node| &node.variants)
    {
        add(ROUTING_DECISION, capitalised(&variant.track.value));
    }
    let unsettled = |(decision, values): &(String, Vec<String>)| {
        let held = steps::decision(state, decision);
        let matches = |value: &String| {
            held.as_ref()
                .is_some_and(|held| held.eq_ignore_ascii_case(value))
        };
        !values.iter().any(matches)
    };
    let (decision, values) = routes.into_iter().find(unsettled)?;
    Some(Question::Route { decision, values })
}

/// What came of a node, when it is done.
pub(crate) fn outcome(graph: &WorkflowGraph, state: &RunState, number: usize) -> Option<Outcome> {
    let node = graph.node(number)?;
    if node.is_gate() {
        return is_open(graph, state, number).then_some(Outcome::Complete);
    }
    match steps::status(state, &step_key(graph, number)) {
        StepStatus::Complete if is_in_hand(graph, state, number) => None,
        StepStatus::Complete => Some(Outcome::Complete),
        StepStatus::Skipped => Some(Outcome::Skip),
        _ => is_skipped_unasked(graph, state, number).then_some(Outcome::Skip),
    }
}

/// Whether an agent of the run works on a step, or its result waits for reviews: the step is not
/// done then, whatever the agent writes into the document.
pub(crate) fn is_in_hand(graph: &WorkflowGraph, state: &RunState, number: usize) -> bool {
    let work = graph
        .node(number)
        .and_then(|node| state.work.get(&node.canonical));
    work.is_some_and(|work| {
        !work.running.is_empty()
            || (work.delivered && reviews::standing(graph, state, number) != Standing::Done)
    })
}

struct Looked<'a> {
    graph: &'a WorkflowGraph,
    state: &'a RunState,
    applies: &'a [Applies],
    outcomes: &'a [Option<Outcome>],
}

impl Looked<'_> {
    /// The nodes that are reached when those after `undecided` ones wait.
    fn spread(&self, undecided: &[usize]) -> Vec<bool> {
        let mut live = vec![false; self.graph.nodes.len()];
        while self.grow(&mut live, undecided) {}
        live
    }

    /// One round over all nodes; what was found counts for those that follow in the same round.
    fn grow(&self, live: &mut [bool], undecided: &[usize]) -> bool {
        let mut grown = false;
        for node in 0..live.len() {
            let new = live.get(node) == Some(&false)
                && self.is_reached(node, live)
                && !self.waits(node, undecided);
            if let Some(mark) = live.get_mut(node) {
                *mark |= new;
            }
            grown |= new;
        }
        grown
    }

    fn is_reached(&self, node: usize, live: &[bool]) -> bool {
        if self.applies.get(node) != Some(&Applies::Yes) {
            return false;
        }
        let into = self.graph.edges.iter();
        let mut into = into.filter(|edge| edge.to.node == Some(node)).peekable();
        if into.peek().is_none() {
            let requires = self.graph.node(node).map(|node| node.requires.is_empty());
            return requires == Some(true);
        }
        into.any(|edge| {
            self.was_chosen(edge, live) || (self.fires(edge, live) && self.has_required(node, live))
        })
    }

    /// Whether everything a node requires is done, as far as it takes part.
    fn has_required(&self, number: usize, live: &[bool]) -> bool {
        let Some(node) = self.graph.node(number) else {
            return false;
        };
        let takes_part = |required: Option<usize>| {
            required.is_none_or(|node| self.applies.get(node) != Some(&Applies::No))
        };
        let mut required = node.requires.iter().map(|required| required.node);
        let mut known = required.clone().filter(|node| takes_part(*node)).peekable();
        if known.peek().is_none() {
            return required.next().is_none();
        }
        let mut done = known.map(|node| node.is_some_and(|node| self.is_done(node, live)));
        match node.requires_mode {
            RequiresMode::All => done.all(|done| done),
            RequiresMode::Any => done.any(|done| done),
        }
    }

    fn is_done(&self, node: usize, live: &[bool]) -> bool {
        live.get(node) == Some(&true) && self.outcomes.get(node).is_some_and(Option::is_some)
    }

    /// Whether what came of the node where an edge leaves opens it.
    ///
    /// A step that was left out although nothing leaves it for that case was left out by force:
    /// the run goes on as if it were complete.
    fn fires(&self, edge: &Edge, live: &[bool]) -> bool {
        let Some(from) = edge.from.node.filter(|from| self.is_done(*from, live)) else {
            return false;
        };
        match self.outcomes.get(from).copied().flatten() {
            Some(Outcome::Skip) => {
                let mut leaving = self.graph.edges_from(from);
                edge.opens_on(Outcome::Skip)
                    || (edge.opens_on(Outcome::Complete)
                        && !leaving.any(|edge| edge.opens_on(Outcome::Skip)))
            }
            Some(outcome) => edge.opens_on(outcome),
            None => false,
        }
    }

    /// Whether somebody took a way forward that no ordinary outcome opens.
    fn was_chosen(&self, edge: &Edge, live: &[bool]) -> bool {
        let from = edge.from.node.and_then(|from| live.get(from));
        if from != Some(&true) || edge.opens_on(Outcome::Complete) || edge.opens_on(Outcome::Skip) {
            return false;
        }
        let way = format!("{}>{}", edge.from.canonical, edge.to.canonical);
        self.state.returns.contains_key(&way)
    }

    /// Whether a step that leads here may be left out and nobody has said so yet.
    fn waits(&self, node: usize, undecided: &[usize]) -> bool {
        let into = self.graph.edges.iter();
        let mut into = into.filter(|edge| !undecided.is_empty() && edge.to.node == Some(node));
        into.any(|edge| {
            edge.from
                .node
                .is_some_and(|from| from != node && undecided.contains(&from))
        })
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
