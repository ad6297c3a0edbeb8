//! What rules of one family share; one module per family.

pub(crate) mod state;
