//! Which nodes every way from a start leads through.

use super::order::Order;

/// For every node that can be reached, the nodes that no way to it avoids.
#[derive(Debug, Clone)]
pub struct Dominators {
    /// The nearest such node; the extra last number stands before all starts.
    parent: Vec<usize>,
    depth: Vec<usize>,
    /// An ancestor further up, so that climbing takes few steps.
    jump: Vec<usize>,
}

/// Computes dominators over an order, with these starts.
pub fn dominators(order: &Order, starts: &[usize]) -> Dominators {
    let top = order.flow.len();
    let mut tree = Dominators {
        parent: vec![usize::MAX; top + 1],
        depth: vec![0; top + 1],
        jump: vec![top; top + 1],
    };
    tree.set(top, top);
    let mut is_start = vec![false; top];
    for start in starts {
        if let Some(mark) = is_start.get_mut(*start) {
            *mark = true;
        }
    }
    for &node in &order.sequence {
        let before = order.flow.predecessors(node).iter().copied();
        let before = before.filter(|node| tree.is_reached(*node));
        let meeting = before.reduce(|one, other| tree.meeting(one, other));
        let is_start = is_start.get(node).copied().unwrap_or(false);
        let parent = if is_start { Some(top) } else { meeting };
        if let Some(parent) = parent {
            tree.set(node, parent);
        }
    }
    tree
}

impl Dominators {
    /// Whether a node can be reached from a start.
    pub fn is_reached(&self, node: usize) -> bool {
        self.parent(node) != usize::MAX
    }

    /// Whether every way to `node` leads through `gate`; every node dominates itself.
    pub fn dominates(&self, gate: usize, node: usize) -> bool {
        self.is_reached(gate) && self.is_reached(node) && self.lift(node, self.depth(gate)) == gate
    }

    fn parent(&self, node: usize) -> usize {
        self.parent.get(node).copied().unwrap_or(usize::MAX)
    }

    fn depth(&self, node: usize) -> usize {
        self.depth.get(node).copied().unwrap_or(0)
    }

    fn jump(&self, node: usize) -> usize {
        self.jump.get(node).copied().unwrap_or(usize::MAX)
    }

    fn set(&mut self, node: usize, parent: usize) {
        let depth = if node == parent {
            0
        } else {
            self.depth(parent) + 1
        };
        let far = self.jump(parent);
        let first = self.depth(parent).saturating_sub(self.depth(far));
        let second = self.depth(far).saturating_sub(self.depth(self.jump(far)));
        let jump = if first == second {
            self.jump(far)
        } else {
            parent
        };
        for (list, value) in [
            (&mut self.parent, parent),
            (&mut self.depth, depth),
            (&mut self.jump, jump),
        ] {
            if let Some(slot) = list.get_mut(node) {
                *slot = value;
            }
        }
    }

    /// The ancestor at a depth; the node itself when it is not deeper.
    fn lift(&self, mut node: usize, depth: usize) -> usize {
        while self.depth(node) > depth {
            let far = self.jump(node);
            node = if self.depth(far) < depth {
                self.parent(node)
            } else {
                far
            };
        }
        node
    }

    /// The nearest common ancestor.
    fn meeting(&self, one: usize, other: usize) -> usize {
        let depth = self.depth(one).min(self.depth(other));
        let (mut one, mut other) = (self.lift(one, depth), self.lift(other, depth));
        while one != other {
            let (far_one, far_other) = (self.jump(one), self.jump(other));
            if far_one == far_other {
                (one, other) = (self.parent(one), self.parent(other));
            } else {
                (one, other) = (far_one, far_other);
            }
        }
        one
    }
}
