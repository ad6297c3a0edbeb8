//! Who produces an artifact, and who uses it.

use std::collections::{BTreeMap, BTreeSet};

use baton_repo::graph::{Flow, Order, Text, WorkflowGraph, reachable, untangle};
use baton_syntax::glob;

use super::graph::spread_until;

/// Producers and consumers by artifact.
pub(crate) struct ArtifactFlow<'g> {
    order: Order,
    /// Whether each node can be reached; what is never done needs nothing.
    reached: Vec<bool>,
    producers: BTreeMap<&'g str, Vec<usize>>,
    patterns: Vec<&'g str>,
    consumers: BTreeMap<&'g str, Vec<(usize, &'g Text)>>,
}

/// An artifact that is used before it is produced.
pub(crate) struct Unproduced<'g> {
    /// Who uses it.
    pub(crate) consumer: usize,
    /// Where it says so.
    pub(crate) artifact: &'g Text,
    /// Who produces it, too late.
    pub(crate) producers: Vec<usize>,
}

impl<'g> ArtifactFlow<'g> {
    /// Collects what the nodes of a graph say.
    pub(crate) fn of(graph: &'g WorkflowGraph) -> ArtifactFlow<'g> {
        let mut producers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut consumers: BTreeMap<&str, Vec<(usize, &Text)>> = BTreeMap::new();
        for (number, node) in graph.nodes.iter().enumerate() {
            for artifact in node.produces.iter().flatten() {
                // A section of a file comes with the file.
                let name = artifact.value.as_str();
                let name = name.split('#').next().unwrap_or(name);
                producers.entry(name).or_default().push(number);
                producers.entry(&artifact.value).or_default().push(number);
            }
            for artifact in node.frozen_inputs.iter().flatten().chain(&node.mutates) {
                let consumers = consumers.entry(&artifact.value).or_default();
                consumers.push((number, artifact));
            }
        }
        let names = producers.keys().copied();
        let patterns = names.filter(|name| name.contains('*')).collect();
        let roots = graph.roots();
        let order = untangle(&Flow::of(graph), &roots);
        ArtifactFlow {
            reached: reachable(&order.flow, &roots),
            order,
            producers,
            patterns,
            consumers,
        }
    }

    /// Everything that is used before it is produced, in the order of the text.
    pub(crate) fn unproduced(&self) -> Vec<Unproduced<'g>> {
        let mut found = Vec::new();
        for (name, consumers) in &self.consumers {
            let producers = self.producers_of(name);
            let goals: Vec<usize> = consumers.iter().map(|(consumer, _)| *consumer).collect();
            let next = producers
                .iter()
                .flat_map(|node| self.order.flow.successors(*node));
            let starts: Vec<usize> = next.copied().collect();
            let after = spread_until(&self.order, &starts, &goals);
            let late = consumers.iter().filter(|(consumer, _)| {
                !after.contains(consumer) && self.reached.get(*consumer) == Some(&true)
            });
            found.extend(late.map(|(consumer, artifact)| Unproduced {
                consumer: *consumer,
                artifact,
                producers: producers.clone(),
            }));
        }
        found.sort_by_key(|unproduced| unproduced.artifact.span);
        found
    }

    /// Whether some node uses an artifact, or a part of it.
    pub(crate) fn is_consumed(&self, artifact: &str) -> bool {
        let name = artifact.split('#').next().unwrap_or(artifact);
        let matches = |used: &str| glob::matches(name, used).unwrap_or(false);
        self.consumers.contains_key(artifact)
            || self.consumers.contains_key(name)
            || (name.contains('*') && self.consumers.keys().any(|used| matches(used)))
    }

    fn producers_of(&self, name: &str) -> Vec<usize> {
        let exact = self.producers.get(name).into_iter();
        let matching = self.patterns.iter();
        let matching = matching.filter(|pattern| glob::matches(pattern, name).unwrap_or(false));
        let matching = matching.filter_map(|pattern| self.producers.get(pattern));
        let all: BTreeSet<usize> = exact.chain(matching).flatten().copied().collect();
        all.into_iter().collect()
    }
}
