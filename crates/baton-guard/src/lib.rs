//! The guard: what agents are about to do, judged before they do it.
//!
//! It sees no repository and does no I/O: callers hand it what an agent host sent, the texts it
//! needs and the policy, and it answers what the host should be told.

pub mod call;
mod code;
pub mod command;
pub mod corpus;
pub mod judge;
pub mod leaf;
pub mod policy;
mod protection;
mod rules;
pub mod verdict;

pub use call::{ToolCall, ToolClass};
pub use command::Shell;
pub use judge::{Explained, Explanation, explain, judge, judge_command};
pub use policy::{AllowEntry, Mode, Policy};
pub use verdict::{Decision, Severity, Threat, Verdict};
