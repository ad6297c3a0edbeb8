//! Cycles, and an order in which sources come before targets.

use std::collections::VecDeque;

use super::flow::Flow;

/// A flow without the edges that close cycles, and an order that suits it.
#[derive(Debug, Clone)]
pub struct Order {
    /// The flow; every edge leads forward in the sequence.
    pub flow: Flow,
    /// The nodes, sources before targets.
    pub sequence: Vec<usize>,
    places: Vec<usize>,
}

impl Order {
    /// The place of a node in the sequence.
    pub fn place(&self, node: usize) -> usize {
        self.places.get(node).copied().unwrap_or(usize::MAX)
    }
}

/// Orders a flow; where edges form a cycle, the edge that closes it, walking from the starts,
/// is left out.
pub fn untangle(flow: &Flow, starts: &[usize]) -> Order {
    let mut walk = Walk {
        flow,
        state: vec![State::New; flow.len()],
        finished: Vec::new(),
        kept: Vec::new(),
    };
    let starts = starts.iter().copied().filter(|start| flow.is_kept(*start));
    for start in starts.chain(flow.nodes()) {
        walk.from(start);
    }
    let mut sequence = walk.finished;
    sequence.reverse();
    let mut places = vec![usize::MAX; flow.len()];
    for (place, node) in sequence.iter().enumerate() {
        if let Some(slot) = places.get_mut(*node) {
            *slot = place;
        }
    }
    let kept = (0..flow.len()).map(|node| flow.is_kept(node)).collect();
    Order {
        flow: Flow::from_edges(kept, walk.kept.into_iter()),
        sequence,
        places,
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

struct Walk<'f> {
    flow: &'f Flow,
    state: Vec<State>,
    finished: Vec<usize>,
    kept: Vec<(usize, usize)>,
}

impl Walk<'_> {
    fn state(&self, node: usize) -> State {
        self.state.get(node).copied().unwrap_or(State::Done)
    }

    fn set(&mut self, node: usize, state: State) {
        if let Some(slot) = self.state.get_mut(node) {
            *slot = state;
        }
    }

    fn from(&mut self, start: usize) {
        if self.state(start) != State::New {
            return;
        }
        self.set(start, State::Open);
        let mut stack = vec![(start, 0)];
        while let Some((node, next)) = stack.pop() {
            let Some(&successor) = self.flow.successors(node).get(next) else {
                self.set(node, State::Done);
                self.finished.push(node);
                continue;
            };
            stack.push((node, next + 1));
            let state = self.state(successor);
            if state != State::Open {
                self.kept.push((node, successor));
            }
            if state == State::New {
                self.set(successor, State::Open);
                stack.push((successor, 0));
            }
        }
    }
}

/// One shortest cycle per knot of nodes that reach one another, in the order of the nodes;
/// each begins with its first node and ends before it comes round.
pub fn cycles(flow: &Flow) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    for mut knot in knots(flow) {
        knot.sort_unstable();
        let Some(&first) = knot.first() else { continue };
        let cycle = shortest(flow, &knot, (first, first));
        if !cycle.is_empty() {
            found.push(cycle);
        }
    }
    found.sort_unstable();
    found
}

/// Sets of nodes that reach one another: what can be reached against the edges from the
/// node that finished last.
pub fn knots(flow: &Flow) -> Vec<Vec<usize>> {
    let mut walk = Walk {
        flow,
        state: vec![State::New; flow.len()],
        finished: Vec::new(),
        kept: Vec::new(),
    };
    for start in flow.nodes() {
        walk.from(start);
    }
    let mut seen = vec![false; flow.len()];
    let mut knots = Vec::new();
    for &last in walk.finished.iter().rev() {
        let mut knot = Vec::new();
        let mut open = vec![last];
        while let Some(node) = open.pop() {
            let Some(mark) = seen.get_mut(node).filter(|mark| !**mark) else {
                continue;
            };
            *mark = true;
            knot.push(node);
            open.extend(flow.predecessors(node));
        }
        if !knot.is_empty() {
            knots.push(knot);
        }
    }
    knots
}

/// The shortest way from one node to another, or back to itself, inside a sorted knot; the
/// other is not part of it.
pub fn shortest(flow: &Flow, knot: &[usize], (first, last): (usize, usize)) -> Vec<usize> {
    let inside = |node: usize| knot.binary_search(&node).ok();
    let mut came_from = vec![usize::MAX; knot.len()];
    let mut open = VecDeque::from([first]);
    while let Some(node) = open.pop_front() {
        for &next in flow.successors(node) {
            if next == last {
                return way(knot, &came_from, first, node);
            }
            let place = inside(next).filter(|_| next != first);
            let slot = place.and_then(|place| came_from.get_mut(place));
            if let Some(slot) = slot.filter(|slot| **slot == usize::MAX) {
                *slot = node;
                open.push_back(next);
            }
        }
    }
    Vec::new()
}

fn way(knot: &[usize], came_from: &[usize], first: usize, last: usize) -> Vec<usize> {
    let mut way = vec![last];
    let mut node = last;
    while node != first {
        let place = knot.binary_search(&node).ok();
        let Some(&before) = place.and_then(|place| came_from.get(place)) else {
            break;
        };
        way.push(before);
        node = before;
    }
    way.reverse();
    way
}
