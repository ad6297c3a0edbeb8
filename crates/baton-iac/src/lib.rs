//! Infrastructure as code: trees of what is written, without an opinion on it.

pub mod bicep;
