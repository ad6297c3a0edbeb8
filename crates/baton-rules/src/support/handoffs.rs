//! What rules about handoffs share: the loaded workflow graph as agents see it.

use std::collections::{BTreeMap, BTreeSet};

use baton_repo::graph::{Edge, GraphNode, Outcome, WorkflowGraph};
use baton_repo::{Agent, Flag, HandoffConventions, Repo, Text};
use baton_source::{Diagnostic, Severity};
use baton_syntax::node::Value;

use super::graph::track_letter;
use crate::{Ctx, File};

/// The workflow that handoffs follow.
pub(crate) struct Workflow<'a> {
    /// The repository.
    pub(crate) repo: &'a Repo,
    /// The file of the graph.
    pub(crate) file: &'a File,
    /// The graph.
    pub(crate) graph: &'a WorkflowGraph,
    /// What the pack says.
    pub(crate) conventions: &'a HandoffConventions,
    /// The node of each agent by its name in lower case; of several, the last.
    steps: BTreeMap<String, usize>,
}

/// What the workflow says of a handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It may be offered, or another rule says what is wrong with its target.
    Fine,
    /// Its target reviews artifacts.
    Review,
    /// The agent that offers it has no step.
    NoSource,
    /// The agent it leads to has no step.
    NoTarget,
    /// It leads from a node to one on another track.
    OtherTrack(usize, usize),
    /// No edge leads from the one node to the other.
    NoWay(usize, usize),
}

impl<'a> Workflow<'a> {
    /// The workflow, where handoffs follow one.
    pub(crate) fn of(ctx: &Ctx<'a>) -> Option<Workflow<'a>> {
        let repo = ctx.repo;
        let conventions = repo.handoff_conventions();
        if !conventions.follow_graph {
            return None;
        }
        let (file, graph) = repo.graphs().iter().find_map(|found| {
            let graph = found.loaded.graph.as_ref()?;
            Some((repo.by_id(found.file)?, graph))
        })?;
        let mut steps = BTreeMap::new();
        for (number, node) in graph.nodes.iter().enumerate() {
            for agent in agents_of(node).filter(|_| node.is_step()) {
                steps.insert(agent.to_lowercase(), number);
            }
        }
        Some(Workflow {
            repo,
            file,
            graph,
            conventions,
            steps,
        })
    }

    /// Agents whose handoffs follow the workflow, with their files.
    pub(crate) fn sources(&self) -> impl Iterator<Item = (&'a Agent, &'a File)> {
        let free = &self.conventions.free_sources;
        let bound = |agent: &Agent| agent.name.is_some() && !has(free, agent.called());
        agents(self.repo).filter(move |(agent, _)| bound(agent))
    }

    /// The node in which an agent works.
    pub(crate) fn step(&self, agent: &str) -> Option<usize> {
        let called = called(self.repo, agent).map_or(agent, Agent::called);
        self.steps.get(&called.to_lowercase()).copied()
    }

    /// Lowers a finding where the graph only advises.
    pub(crate) fn weigh(&self, finding: &mut Diagnostic) {
        if self.advises() {
            finding.severity(Severity::Info);
        }
    }

    fn advises(&self) -> bool {
        let version = self.graph.metadata.version.as_ref();
        let version = version.and_then(|text| {
            let (major, minor) = text.value.split_once('.')?;
            Some([major.parse::<u32>().ok()?, minor.parse().ok()?])
        });
        self.conventions.oldest_graph > version || self.conventions.advisory
    }

    /// What the workflow says of a handoff from an agent to another one.
    pub(crate) fn verdict(&self, from: &Agent, to: &str) -> Verdict {
        let is = |text: &str| text.eq_ignore_ascii_case(to);
        let any = |list: &[baton_repo::graph::Text]| list.iter().any(|text| is(&text.value));
        let own = is(from.called()) || is(&from.stem);
        if own || any(&self.graph.pseudo_targets) || any(&self.graph.orchestrator_targets) {
            return Verdict::Fine;
        }
        // Older graphs do not say who leads from anywhere to anywhere.
        if self.advises() && has(&self.conventions.free_sources, to) {
            return Verdict::Fine;
        }
        let reviewers = self.graph.reviewers.as_ref();
        let wrapper = reviewers.and_then(|both| both.wrapper_agent.as_ref());
        if wrapper.is_some_and(|agent| is(&agent.value)) {
            return Verdict::Review;
        }
        // An agent nobody knows is one finding, of another rule.
        if called(self.repo, to).is_none() {
            return Verdict::Fine;
        }
        let Some(source) = self.step(from.called()) else {
            return Verdict::NoSource;
        };
        let Some(target) = self.step(to) else {
            return Verdict::NoTarget;
        };
        if self.other_track(source, target) {
            return Verdict::OtherTrack(source, target);
        }
        if self.leads(source, target) {
            return Verdict::Fine;
        }
        Verdict::NoWay(source, target)
    }

    /// Agents that have something to review, in lower case.
    pub(crate) fn producers(&self) -> BTreeSet<String> {
        let nodes = self.graph.nodes.iter();
        let nodes = nodes.filter(|node| node.produces.as_ref().is_some_and(|all| !all.is_empty()));
        let folder = self.conventions.artifact_folder.as_str();
        let writes = |agent: &&Agent| {
            let mut prompts = agent.handoffs.iter().filter_map(|it| it.prompt.as_ref());
            prompts.any(|prompt| prompt.value.contains(folder))
        };
        let dispatchers = self.conventions.review_dispatchers.iter();
        let writers = self.repo.agents().iter().filter(writes);
        let names = nodes.flat_map(agents_of).chain(writers.map(Agent::called));
        names
            .chain(dispatchers.map(String::as_str))
            .map(str::to_lowercase)
            .collect()
    }

    /// Whether two nodes do different steps of different tracks.
    fn other_track(&self, source: usize, target: usize) -> bool {
        let both = self.graph.node(source).zip(self.graph.node(target));
        both.is_some_and(|(one, other)| {
            let letters = track_letter(one).zip(track_letter(other));
            one.step_number() != other.step_number()
                && (letters.is_some_and(|(one, other)| one != other)
                    || self.graph.exclude(source, target))
        })
    }

    /// Whether the graph leads from a node to another, over one in between at most.
    fn leads(&self, source: usize, target: usize) -> bool {
        let forward =
            |edge: &&Edge| edge.opens_on(Outcome::Complete) || edge.opens_on(Outcome::Skip);
        let next = |node| {
            let edges = self.graph.edges_from(node).filter(forward);
            edges.filter_map(|edge| edge.to.node)
        };
        let back = |edge: &Edge| (edge.from.node, edge.to.node) == (Some(source), Some(target));
        next(source).any(|node| node == target || next(node).any(|node| node == target))
            || self.graph.return_edges.iter().any(back)
    }
}

/// The agents with their files.
pub(crate) fn agents(repo: &Repo) -> impl Iterator<Item = (&Agent, &File)> {
    let agents = repo.agents().iter();
    agents.filter_map(|agent| Some((agent, repo.by_id(agent.file)?)))
}

/// The agent with a name, or with a file of that name.
pub(crate) fn called<'a>(repo: &'a Repo, name: &str) -> Option<&'a Agent> {
    let is = |text: &str| text.eq_ignore_ascii_case(name);
    let mut agents = repo.agents().iter();
    agents.find(|agent| is(agent.called()) || is(&agent.stem))
}

/// Whether a list of names holds one.
pub(crate) fn has(names: &[String], name: &str) -> bool {
    names.iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// Whether an agent says that it may call all others.
pub(crate) fn is_cross_cutting(file: &File) -> bool {
    let root = file.front_matter().root.as_ref();
    let keys = ["cross-cutting", "cross_cutting"];
    let nodes = keys.iter().filter_map(|key| root?.get(key));
    let nodes = nodes.filter(|node| !matches!(node.value, Value::Null));
    let mut flags = nodes.filter_map(Flag::read);
    flags.any(|flag| flag.value == Some(true))
}

/// The entries of `agents`.
pub(crate) fn dispatched(agent: &Agent) -> impl Iterator<Item = &Text> {
    agent.agents.iter().flatten()
}

fn agents_of(node: &GraphNode) -> impl Iterator<Item = &str> {
    let variants = node.variants.iter();
    let agents = node
        .agent
        .iter()
        .chain(variants.filter_map(|it| it.agent.as_ref()));
    agents.map(|agent| agent.value.as_str())
}
