//! What rules of one family share; one module per family.

pub(crate) mod agents;
pub(crate) mod iac;
pub(crate) mod secrets;
pub(crate) mod state;
