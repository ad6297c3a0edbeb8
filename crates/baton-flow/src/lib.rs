//! The runner: a workflow as data, a pure engine, and a ledger that loses nothing.
//!
//! `engine` says what follows from an event and does nothing; `ledger` keeps events;
//! `projection` writes the files that people and agents read; `project` puts the three together.

pub mod agent;
pub mod approval;
pub mod blockers;
pub mod breaker;
pub mod bundle;
pub mod canonical;
pub mod compress;
pub mod driver;
pub mod effect;
pub mod engine;
mod error;
pub mod event;
mod expression;
pub mod gate;
pub mod gate4;
pub mod handoff;
mod heading;
pub mod job;
pub mod ledger;
pub mod lock;
pub mod migrate;
pub mod pack;
mod place;
pub mod plan;
pub mod precheck;
pub mod project;
pub mod projection;
pub mod prompt;
pub mod request;
pub mod resolve;
pub mod retry;
pub mod reviews;
pub mod route;
mod run;
pub mod session;
pub mod staleness;
pub mod state;
mod steps;
#[cfg(test)]
mod story;
pub mod subject;
pub mod task;
pub mod verdict;

pub use effect::{Effect, Question, RefusalCode};
pub use engine::step;
pub use error::FlowError;
pub use event::{Actor, ActorKind, Command, Event, RunEvent, What};
pub use lock::RunLock;
pub use project::{Place, Project, Recorded};
pub use state::{Approval, GateState, GateStatus, RunState, Work};
pub use subject::Subject;
