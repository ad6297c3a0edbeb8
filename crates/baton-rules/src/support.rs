//! What rules of one family share; one module per family.

pub(crate) mod artifacts;
pub(crate) mod governance;
