//! Settings about documentation.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Settings about documentation; what is not set is as the pack has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Docs {
    /// Agents that are gone, by the name of their file without `.agent.md`, and what does their
    /// work now; nothing may be named.
    pub removed_agents: Option<BTreeMap<String, String>>,
    /// Agents whose file has another name now; both without `.agent.md`.
    pub renamed_agents: Option<BTreeMap<String, String>>,
    /// Skills that are gone, and what does their work now; nothing may be named.
    pub removed_skills: Option<BTreeMap<String, String>>,
    /// Folders that nothing may speak of, and what took their place; nothing may be named.
    pub removed_folders: Option<BTreeMap<String, String>>,
    /// Folders that pages must not speak of.
    pub removed_docs_folders: Option<Vec<String>>,
    /// The folder in which documents lay before; empty for none.
    pub retired_folder: Option<String>,
    /// What may follow the name of that folder.
    pub retired_except: Option<Vec<String>>,
    /// Texts that somebody meant to replace.
    pub placeholders: Option<Vec<String>>,
    /// What every reference of a skill holds; empty to demand nothing.
    pub reference_mark: Option<String>,
    /// What a skill with references says; empty to demand nothing.
    pub reference_index: Option<String>,
}
