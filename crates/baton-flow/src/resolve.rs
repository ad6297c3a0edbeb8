//! Who works on a node, and with which model: what the graph names, looked up in the
//! repository's agents and registry.

use baton_repo::graph::{GraphNode, WorkflowGraph};
use baton_repo::model_catalog::Model;
use baton_repo::registry::{Names, RegistryEntry};
use baton_repo::{Agent, Repo};
use baton_source::nearest;

use crate::agent::AgentFile;
use crate::pack::{ModelTier, runner};

/// An agent that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Its name and file.
    pub agent: AgentFile,
    /// The model it should use; `None` when nobody says.
    pub model: Option<String>,
    /// Who says so.
    pub model_by: ModelBy,
}

/// Who says which model an agent uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModelBy {
    /// The registry of agents.
    Registry,
    /// The front matter of its file.
    FrontMatter,
    /// The table of tiers.
    Tier,
    /// Nobody.
    Nobody,
}

/// Why nobody can work on a node.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResolveError {
    /// The graph names nobody.
    #[error("`{node}` names no agent{}", on(.track.as_deref()))]
    NoAgent {
        /// The node.
        node: String,
        /// The track.
        track: Option<String>,
    },
    /// There is no such agent.
    #[error("`{node}` wants `{agent}`, and no agent file has that name{}", meant(.nearest.as_deref()))]
    UnknownAgent {
        /// The node.
        node: String,
        /// What it names.
        agent: String,
        /// The agent that is called most alike.
        nearest: Option<String>,
    },
}

fn on(track: Option<&str>) -> String {
    let tell = |track| format!(" for the track {track}");
    track.map(tell).unwrap_or_default()
}

fn meant(nearest: Option<&str>) -> String {
    let tell = |name| format!("; did it mean `{name}`?");
    nearest.map(tell).unwrap_or_default()
}

/// Who works on a node on a track (`Bicep`, `Terraform`), with the model of the step's tier where
/// neither registry nor file name one.
pub fn worker(
    repo: &Repo,
    node: &GraphNode,
    track: Option<&str>,
) -> Result<Resolved, ResolveError> {
    let tier = node
        .step_number()
        .and_then(|key| runner().tier_of_step(key));
    resolve(repo, node, track, &|_| model_of(repo, tier?))
}

/// Who reviews what others made; `None` when the graph names nobody, or nobody of that name is
/// there.
pub fn reviewer(repo: &Repo, graph: &WorkflowGraph) -> Option<Resolved> {
    let name = graph.reviewers.as_ref()?.review_subagent.as_ref()?;
    let tier = runner().tier_of_role("review");
    named(repo, &name.value, None, &|_| model_of(repo, tier?))
}

/// The model of a tier that a repository's catalog has, of the best family there is.
pub fn model_of(repo: &Repo, tier: &ModelTier) -> Option<String> {
    tier.families.iter().find_map(|family| {
        let catalogs = repo.model_catalogs().iter();
        let mut models = catalogs.flat_map(|catalog| &catalog.models);
        let fits = |model: &&Model| {
            !model.is_deprecated()
                && model
                    .label
                    .value
                    .to_lowercase()
                    .starts_with(family.as_str())
        };
        models.find(fits).map(|model| model.label.value.clone())
    })
}

/// Who works on a node on a track (`Bicep`, `Terraform`); `tier` tells the model of an agent
/// that neither registry nor file give one.
pub fn resolve(
    repo: &Repo,
    node: &GraphNode,
    track: Option<&str>,
    tier: &dyn Fn(&AgentFile) -> Option<String>,
) -> Result<Resolved, ResolveError> {
    let name = wanted(node, track).ok_or_else(|| ResolveError::NoAgent {
        node: node.canonical.clone(),
        track: track.map(str::to_owned),
    })?;
    let other = || {
        let generation = &repo.layout().detection.generation;
        let name = runner().agent(generation, &node.canonical, track.unwrap_or_default())?;
        named(repo, name, track, tier)
    };
    let found = named(repo, name, track, tier).or_else(other);
    found.ok_or_else(|| {
        let names = repo.agents().iter().map(Agent::called);
        ResolveError::UnknownAgent {
            node: node.canonical.clone(),
            agent: name.to_owned(),
            nearest: nearest(name, names).map(str::to_owned),
        }
    })
}

/// The agent of a name: of its file, of its front matter, or of its role in the registry.
pub fn named(
    repo: &Repo,
    name: &str,
    track: Option<&str>,
    tier: &dyn Fn(&AgentFile) -> Option<String>,
) -> Option<Resolved> {
    let agent = repo
        .agent_named(name)
        .or_else(|| by_role(repo, name, track))?;
    let file = AgentFile {
        name: agent.called().to_owned(),
        path: Some(agent.path.as_str().to_owned()),
    };
    let registry = entry_of(repo, agent, track)
        .and_then(|entry| entry.model.as_ref())
        .map(|model| (model.value.clone(), ModelBy::Registry));
    let own = || {
        let model = agent.model.first()?;
        Some((model.value.clone(), ModelBy::FrontMatter))
    };
    let by_tier = || Some((tier(&file)?, ModelBy::Tier));
    let found = registry.or_else(own).or_else(by_tier);
    let (model, model_by) = found.map_or((None, ModelBy::Nobody), |(model, by)| {
        let label = baton_repo::model_catalog::label(&model);
        (Some(label.to_owned()), by)
    });
    Some(Resolved {
        agent: file,
        model,
        model_by,
    })
}

fn wanted<'g>(node: &'g GraphNode, track: Option<&str>) -> Option<&'g str> {
    let variant = track.and_then(|track| {
        let mut variants = node.variants.iter();
        variants.find(|variant| variant.track.value.eq_ignore_ascii_case(track))
    });
    let own = variant.and_then(|variant| variant.agent.as_ref());
    let name = own.or(node.agent.as_ref())?;
    Some(name.value.as_str())
}

/// The agent that plays a role of this name.
fn by_role<'r>(repo: &'r Repo, role: &str, track: Option<&str>) -> Option<&'r Agent> {
    let plays = |entry: &&RegistryEntry| {
        let bare = entry.called.split(" (").next().unwrap_or(&entry.called);
        bare.eq_ignore_ascii_case(role) && fits(entry, track)
    };
    let entry = entries(repo).find(plays)?;
    let name = &entry.agent.as_ref()?.value;
    match entry.names {
        Names::Name => repo.agent_named(name),
        Names::Path => repo.agents().iter().find(|agent| is_at(agent, name)),
    }
}

/// What the registry says of an agent; what it says for the track comes first.
fn entry_of<'r>(repo: &'r Repo, agent: &Agent, track: Option<&str>) -> Option<&'r RegistryEntry> {
    let is_of = |entry: &&RegistryEntry| {
        entry.agent.as_ref().is_some_and(|name| match entry.names {
            Names::Path => is_at(agent, &name.value),
            Names::Name => name.value == agent.called() || name.value == agent.stem,
        })
    };
    let all: Vec<&RegistryEntry> = entries(repo).filter(is_of).collect();
    let for_track = all.iter().find(|entry| fits(entry, track));
    for_track.or(all.first()).copied()
}

fn entries(repo: &Repo) -> impl Iterator<Item = &RegistryEntry> {
    let registries = repo.registries().iter();
    registries.flat_map(|registry| &registry.entries)
}

/// Whether an entry is for this track, or for all.
fn fits(entry: &RegistryEntry, track: Option<&str>) -> bool {
    let variant = entry.called.rsplit_once(" (");
    let variant = variant.and_then(|(_, track)| track.strip_suffix(')'));
    match (variant, track) {
        (Some(variant), Some(track)) => variant.eq_ignore_ascii_case(track),
        _ => true,
    }
}

fn is_at(agent: &Agent, path: &str) -> bool {
    agent.path.as_str() == path.trim_start_matches("./").trim_start_matches('/')
}

#[cfg(test)]
mod tests;
