//! A repository as rules see it: files listed once, read and parsed on demand.
//!
//! Knows where things live in repositories of agents and infrastructure, and nothing
//! about what is right or wrong there.

mod agent;
pub mod artifact;
pub mod branches;
mod changes;
pub mod commits;
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
mod iac;
mod kinds;
mod layout;
pub mod markdown_lint;
pub mod meta;
mod moment;
mod pack;
mod repo;
pub mod schema;
pub mod session;
mod shell;
pub mod source;
mod text;
pub mod tool_pins;
mod views;
pub mod yaml_lint;

pub use agent::{Agent, AgentConventions, Density, Flag, Handoff, Text};
pub use changes::Changes;
pub use date::Date;
pub use dialect::Format;
pub use docs::{DocsConventions, RetiredDocs};
pub use editor::EditorConventions;
pub use error::RepoError;
pub use file::{File, Problem};
pub use git::{Git, Head, Held};
pub use iac::Iac;
pub use layout::{Detection, Layout};
pub use meta::MetaConventions;
pub use moment::Moment;
pub use pack::{Generation, Pack, kinds, packs};
pub use repo::{Options, Repo};
pub use schema::{Schema, SchemaError};
pub use session::SessionState;
pub use shell::{ShellBlock, ShellConventions};
pub use source::{FileMode, FileSource, GitIndex, GitTree, Memory, Overlay, Worktree};
pub use text::{is_test, is_text};
