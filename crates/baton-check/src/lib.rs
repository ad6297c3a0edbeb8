//! Runs rules over a repository: which ones, on what, and what becomes of their findings.
//!
//! Holds no opinion of its own about a repository and prints nothing.

mod config;
mod fix;
mod plan;
mod report;
mod routed;
mod run;
mod selection;
mod suppression;
mod threads;
mod unread;
mod widen;

pub use config::{CheckConfig, Level, PathOverride};
pub use fix::{FixError, Fixed, Mending, fix};
pub use report::{CheckCount, Failure, Note, Report, Skipped, Suppressed};
pub use routed::Routed;
pub use run::{Scope, check};
pub use selection::{Selection, UnknownSelector, select};
pub use threads::use_threads;
pub use widen::{Widened, widen};
