//! The guard: what agents are about to do, judged before they do it.
//!
//! It sees no repository and does no I/O: callers hand it what an agent host sent, the texts it
//! needs and the policy, and it answers what the host should be told.

pub mod call;
pub mod judge;
pub mod policy;
pub mod verdict;

pub use call::{ToolCall, ToolClass};
pub use judge::judge;
pub use policy::{AllowEntry, Mode, Policy};
pub use verdict::{Decision, Severity, Threat, Verdict};
