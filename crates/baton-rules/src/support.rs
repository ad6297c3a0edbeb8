//! What rules of one family share; one module per family.

pub(crate) mod agents;
pub(crate) mod artifact_flow;
pub(crate) mod artifacts;
pub(crate) mod docs;
pub(crate) mod governance;
pub(crate) mod graph;
pub(crate) mod graph_agents;
pub(crate) mod graph_detours;
pub(crate) mod hooks;
pub(crate) mod iac;
pub(crate) mod label_patterns;
pub(crate) mod markdown;
pub(crate) mod markdown_addresses;
pub(crate) mod markdown_blocks;
pub(crate) mod markdown_containers;
pub(crate) mod markdown_headings;
pub(crate) mod markdown_html;
pub(crate) mod markdown_inline;
pub(crate) mod markdown_links;
pub(crate) mod markdown_names;
pub(crate) mod markdown_references;
pub(crate) mod secrets;
pub(crate) mod state;
pub(crate) mod versions;
