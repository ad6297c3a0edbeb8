//! Things that lead back to themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use baton_repo::graph::{Flow, cycles, knots, shortest};

/// So many members of a circle are named; of a longer one the rest is counted.
pub(crate) const NAMED: usize = 12;

/// What each thing leads to.
pub(crate) type Edges<T> = BTreeMap<T, BTreeSet<T>>;

/// What leads where, to be asked for circles.
pub(crate) struct Ways<T> {
    nodes: Vec<T>,
    flow: Flow,
    knots: Vec<Vec<usize>>,
    /// In which knot each node is.
    places: Vec<usize>,
}

impl<T: Ord> Ways<T> {
    /// The ways that the edges make.
    pub(crate) fn new(edges: &Edges<T>) -> Ways<T>
    where
        T: Clone,
    {
        let all: BTreeSet<&T> = edges.keys().chain(edges.values().flatten()).collect();
        let nodes: Vec<T> = all.into_iter().cloned().collect();
        let place = |node: &T| nodes.binary_search(node).unwrap_or(usize::MAX);
        let ends = edges
            .iter()
            .flat_map(|(from, to)| to.iter().map(move |to| (place(from), place(to))));
        let flow = Flow::from_edges(vec![true; nodes.len()], ends);
        let mut knots = knots(&flow);
        for knot in &mut knots {
            knot.sort_unstable();
        }
        let mut places = vec![usize::MAX; nodes.len()];
        let numbered = knots.iter().enumerate();
        for (at, node) in numbered.flat_map(|(at, knot)| knot.iter().map(move |it| (at, *it))) {
            if let Some(slot) = places.get_mut(node) {
                *slot = at;
            }
        }
        Ways {
            nodes,
            flow,
            knots,
            places,
        }
    }

    /// One shortest circle for each set of things that lead to one another; it begins with the
    /// first of them and ends before it comes round.
    pub(crate) fn circles(&self) -> Vec<Vec<&T>> {
        let found = cycles(&self.flow);
        found.iter().map(|circle| self.named(circle)).collect()
    }

    /// The shortest way to a thing that leads back to where the way begins, both included.
    pub(crate) fn back(&self, from: &T, to: &T) -> Option<Vec<&T>> {
        let from = self.nodes.binary_search(from).ok()?;
        let to = self.nodes.binary_search(to).ok()?;
        let place = self.places.get(from)?;
        if self.places.get(to) != Some(place) {
            return None;
        }
        let mut way = if from == to {
            Vec::new()
        } else {
            shortest(&self.flow, self.knots.get(*place)?, (from, to))
        };
        way.push(to);
        Some(self.named(&way))
    }

    fn named(&self, way: &[usize]) -> Vec<&T> {
        way.iter().filter_map(|at| self.nodes.get(*at)).collect()
    }
}

/// Names with something between them; of very many, how many more there are.
pub(crate) fn listed(names: &[impl Display], between: &str) -> String {
    let shown: Vec<String> = names
        .iter()
        .take(NAMED)
        .map(|it| format!("`{it}`"))
        .collect();
    let rest = names.len() - shown.len();
    let more = match rest {
        0 => String::new(),
        _ => format!("{between}{rest} more"),
    };
    format!("{}{more}", shown.join(between))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(edges: &[(u32, u32)]) -> Ways<u32> {
        let mut all: Edges<u32> = Edges::new();
        for (from, to) in edges {
            all.entry(*from).or_default().insert(*to);
        }
        Ways::new(&all)
    }

    #[test]
    fn each_knot_has_one_circle() {
        for (edges, expected) in [
            (vec![(1, 2), (2, 3)], vec![]),
            (
                vec![(1, 2), (2, 1), (2, 3), (3, 3)],
                vec![vec![1, 2], vec![3]],
            ),
            (vec![(9, 1), (1, 2), (2, 3), (3, 1)], vec![vec![1, 2, 3]]),
        ] {
            let ways = ways(&edges);
            let found: Vec<Vec<u32>> = ways
                .circles()
                .into_iter()
                .map(|it| it.into_iter().copied().collect())
                .collect();
            assert_eq!(found, expected, "{edges:?}");
        }
    }

    #[test]
    fn only_what_leads_on_to_the_start_is_a_way_back() {
        let ways = ways(&[(1, 2), (2, 3), (3, 1), (3, 4)]);
        assert_eq!(ways.back(&2, &1), Some(vec![&2, &3, &1]));
        assert_eq!(ways.back(&1, &1), Some(vec![&1]));
        assert_eq!(ways.back(&3, &4), None);
        assert_eq!(ways.back(&3, &7), None);
    }

    #[test]
    fn long_circles_are_cut_short() {
        let names: Vec<usize> = (0..NAMED + 3).collect();
        assert!(listed(&names, ", ").ends_with("`11`, 3 more"));
        assert_eq!(listed(&["a", "b"], " → "), "`a` → `b`");
    }
}
