//! What rules of one family share; one module per family.

pub(crate) mod agents;
pub(crate) mod artifact_flow;
pub(crate) mod artifacts;
pub(crate) mod counts;
pub(crate) mod docs;
pub(crate) mod drawio;
pub(crate) mod explorer;
pub(crate) mod governance;
pub(crate) mod graph;
pub(crate) mod graph_agents;
pub(crate) mod graph_detours;
pub(crate) mod hooks;
pub(crate) mod iac;
pub(crate) mod iac_secrets;
pub(crate) mod instructions;
pub(crate) mod json;
pub(crate) mod json_schemas;
pub(crate) mod label_patterns;
pub(crate) mod markdown;
pub(crate) mod meta;
pub(crate) mod regions;
pub(crate) mod shell;
pub(crate) mod state;
pub(crate) mod terminology;
pub(crate) mod text_rules;
pub(crate) mod versions;
