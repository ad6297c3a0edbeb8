//! The guard: what agents are about to do, judged before they do it.
//!
//! It sees no repository and does no I/O: callers hand it what an agent host sent, the texts it
//! needs and the policy, and it answers what the host should be told.

pub mod answer;
pub mod audit;
pub mod call;
mod code;
pub mod command;
pub mod corpus;
mod covered;
pub mod dialect;
pub mod environment;
pub mod event;
pub mod guardian;
pub mod hook;
pub mod judge;
pub mod leaf;
mod object;
pub mod payload;
pub mod policy;
pub mod prompts;
mod protection;
mod rules;
pub mod secrets;
pub mod subagent;
pub mod telemetry;
pub mod tools;
pub mod verdict;

pub use answer::{Answer, Rendered, Ruling};
pub use call::{ToolCall, ToolClass};
pub use command::Shell;
pub use covered::{covered, quoted};
pub use dialect::{Dialect, Host};
pub use event::Event;
pub use hook::{Given, Hook, Log, OnError, Record, Reply};
pub use judge::{Explained, Explanation, explain, judge, judge_command};
pub use object::Object;
pub use payload::{Payload, PayloadError};
pub use policy::{AllowEntry, Mode, Policy};
pub use verdict::{Decision, Severity, Threat, Verdict};
