//! A repository as rules see it: files listed once, read and parsed on demand.
//!
//! Knows where things live in repositories of agents and infrastructure, and nothing
//! about what is right or wrong there.

mod agent;
pub mod agent_hooks;
pub mod artifact;
mod bicep_format;
pub mod branches;
mod changes;
pub mod commits;
pub mod contracts;
mod date;
mod dialect;
mod docs;
pub mod drawing;
pub mod editor;
mod error;
mod explorer;
mod file;
mod git;
pub mod graph;
pub mod handoff;
pub mod host;
mod iac;
mod instruction;
mod kinds;
mod layout;
pub mod markdown_lint;
pub mod meta;
pub mod model_catalog;
mod moment;
mod pack;
mod prompt;
pub mod registry;
mod repo;
pub mod schema;
pub mod session;
mod shell;
mod skill;
pub mod source;
pub mod terraform_module;
mod text;
pub mod tool_pins;
mod views;
pub mod yaml_lint;

pub use agent::{
    AbsoluteWords, Agent, AgentConventions, Demand, Density, FamilyStatus, Flag, ForeignTags,
    Handoff, LongBody, ModelFamily, OutcomeFirst, Prefill, Prompting, Research, Text,
};
pub use agent_hooks::{HookConventions, HookDialect, HookManifest};
pub use bicep_format::BicepStyle;
pub use changes::Changes;
pub use date::Date;
pub use dialect::Format;
pub use docs::{DocsConventions, RetiredDocs};
pub use editor::EditorConventions;
pub use error::RepoError;
pub use file::{File, Problem};
pub use git::{Git, Head, Held};
pub use handoff::HandoffConventions;
pub use host::{HostDocument, HostKey, Takes};
pub use iac::Iac;
pub use instruction::InstructionConventions;
pub use layout::{Detection, Layout};
pub use meta::MetaConventions;
pub use model_catalog::{ModelCatalog, ModelConventions};
pub use moment::Moment;
pub use pack::{Generation, Pack, kinds, packs};
pub use prompt::{Prompt, Target};
pub use registry::Registry;
pub use repo::{Options, Repo};
pub use schema::{Schema, SchemaError};
pub use session::SessionState;
pub use shell::{ShellBlock, ShellConventions};
pub use skill::{Digests, Skill, SkillConventions, SkillHost};
pub use source::{FileMode, FileSource, GitIndex, GitTree, Memory, Overlay, Worktree};
pub use terraform_module::TerraformModule;
pub use text::{is_test, is_text};
