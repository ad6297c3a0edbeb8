//! Runs rules over a repository: which ones, on what, and what becomes of their findings.
//!
//! Holds no opinion of its own about a repository and prints nothing.

pub mod baseline;
mod config;
mod coverage;
mod dependants;
pub mod external;
mod fingerprint;
mod fix;
mod judge;
mod lesser;
mod mentions;
mod plan;
mod recall;
mod report;
mod routes;
mod run;
mod scope;
mod selection;
mod suppression;
mod threads;
mod unread;
mod widen;

pub use config::{CheckConfig, Level, PathOverride};
pub use coverage::Coverage;
pub use fingerprint::{conceals, fingerprint};
pub use fix::{Fixed, Mending, fix};
pub use recall::Recall;
pub use report::{CheckCount, Failure, Note, Report, Skipped, Stale, Suppressed, SuppressedBy};
pub use routes::{Because, Explanation, Role, Route, Routed, explain, routes};
pub use run::{check, check_again, check_with};
pub use scope::{Before, Changed, Scope};
pub use selection::{Selection, UnknownSelector, select};
pub use suppression::Standing;
pub use threads::use_threads;
pub use widen::{Widened, widen};
