//! Commands about gates, the ledger, and where a project stands.

mod approve;
mod decide;
mod desk;
mod drawn;
mod effects;
mod history;
mod inline;
mod ledger;
mod person;
mod status;

pub(super) use approve::approve;
pub(super) use decide::{defer, reject};
pub(super) use desk::Desk;
pub(super) use drawn::graph;
pub(super) use effects::tell;
pub(super) use history::history;
pub(super) use inline::{choose, notify};
pub(super) use ledger::ledger;
pub(super) use status::status;
