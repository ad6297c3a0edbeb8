//! Which agents a graph names, and which there are.

use std::collections::{BTreeMap, BTreeSet};

use baton_repo::Repo;
use baton_repo::graph::{Text, WorkflowGraph};
use baton_syntax::node::Node;

/// The agents of a repository by every name a graph may use.
pub(crate) struct Known {
    /// File names by name in lower case.
    files: BTreeMap<String, String>,
    /// Names as they are written.
    names: BTreeSet<String>,
}

impl Known {
    /// Collects display names and file stems.
    pub(crate) fn of(repo: &Repo) -> Known {
        let mut known = Known {
            files: BTreeMap::new(),
            names: BTreeSet::new(),
        };
        let kinds = ["agent", "subagent", "retired-agent"].into_iter();
        for file in kinds.flat_map(|kind| repo.of_kind(kind)) {
            let name = file.path.name();
            let stem = name.strip_suffix(".md").unwrap_or(name);
            let stem = stem.strip_suffix(".agent").unwrap_or(stem);
            let root = file.front_matter().root.as_ref();
            let display = root
                .and_then(|root| root.get("name"))
                .and_then(Node::as_str);
            let display = display.map(str::trim).filter(|display| !display.is_empty());
            for spelling in [Some(stem), display].into_iter().flatten() {
                let file = name.to_owned();
                known.files.entry(spelling.to_lowercase()).or_insert(file);
            }
            known.names.insert(display.unwrap_or(stem).to_owned());
        }
        known
    }

    /// Whether there is no agent.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The name of the file that defines an agent.
    pub(crate) fn file_of(&self, agent: &str) -> Option<&str> {
        let name = agent.trim().to_lowercase();
        let words: Vec<&str> = name.split_whitespace().collect();
        let file = self
            .files
            .get(&name)
            .or_else(|| self.files.get(&words.join("-")));
        file.map(String::as_str)
    }

    /// Every name, for suggestions.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }
}

/// The agents a graph names, each with who names it.
pub(crate) fn named(graph: &WorkflowGraph) -> Vec<(String, &Text)> {
    let mut named = Vec::new();
    for node in &graph.nodes {
        let owner = format!("`{}`", node.id.value);
        let variants = node.variants.iter();
        let variants = variants.flat_map(|variant| variant.agent.iter().chain(&variant.subagents));
        for agent in node.agent.iter().chain(variants) {
            named.push((owner.clone(), agent));
        }
    }
    if let Some(reviewers) = &graph.reviewers {
        let agents = [&reviewers.wrapper_agent, &reviewers.review_subagent];
        for agent in agents.into_iter().flatten() {
            named.push(("`challenger`".to_owned(), agent));
        }
    }
    let targets = graph.orchestrator_targets.iter();
    named.extend(targets.map(|agent| ("`orchestrator_targets`".to_owned(), agent)));
    named
}

/// The files of the agents in the registry, in lower case; empty when there is no registry.
pub(crate) fn registered(repo: &Repo) -> BTreeSet<String> {
    let mut registered = BTreeSet::new();
    for file in repo.of_kind("agent-registry") {
        let mut open: Vec<&Node> = Vec::new();
        for key in ["agents", "subagents"] {
            open.extend(file.node().and_then(|root| root.get(key)));
        }
        while let Some(node) = open.pop() {
            for entry in node.entries() {
                let path = entry.value.as_str().filter(|_| entry.key == "agent");
                let name = path.and_then(|path| path.rsplit('/').next());
                registered.extend(name.map(str::to_lowercase));
                open.push(&entry.value);
            }
        }
    }
    registered
}
