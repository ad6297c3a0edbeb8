//! What a repository may set about rules, one struct per family.

pub mod agents;
pub mod artifacts;
pub mod commits;
pub mod contracts;
pub mod docs;
pub mod drawio;
pub mod editor;
pub mod git;
pub mod governance;
pub mod graph;
pub mod hosts;
pub mod iac;
pub mod instructions;
pub mod json;
pub mod links;
pub mod meta;
pub mod registry;
pub mod shell;
pub mod skills;
pub mod sku;
pub mod state;

use serde::Deserialize;

/// Settings of all families: the `[options]` table of `baton.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Artifacts and their templates.
    pub artifacts: artifacts::Artifacts,
    /// Agent files.
    pub agents: agents::Agents,
    /// Texts that files must hold.
    pub contracts: contracts::Contracts,
    /// Commit messages.
    pub commits: commits::Commits,
    /// Documentation.
    pub docs: docs::Docs,
    /// Session state.
    pub state: state::State,
    /// Branches.
    pub git: git::Git,
    /// What policies demand.
    pub governance: governance::Governance,
    /// The workflow graph.
    pub graph: graph::Graph,
    /// Drawings.
    pub drawio: drawio::Drawio,
    /// The editor's configuration.
    pub editor: editor::Editor,
    /// Files that hosts of agents read.
    pub hosts: hosts::Hosts,
    /// Infrastructure as code.
    pub iac: iac::Iac,
    /// What the repository says about itself.
    pub meta: meta::Meta,
    /// Registries of agents.
    pub registry: registry::Registry,
    /// What instructions say.
    pub instructions: instructions::Instructions,
    /// JSON files and their schemas.
    pub json: json::Json,
    /// Links in Markdown.
    pub links: links::Links,
    /// Skills.
    pub skills: skills::Skills,
    /// Sizes of services.
    pub sku: sku::Sku,
    /// Shell commands in texts for agents.
    pub shell: shell::Shell,
    /// Judge as the reference suite does where ours is deliberately better; set by `--compat`.
    #[serde(skip)]
    pub compat_reference: bool,
}
