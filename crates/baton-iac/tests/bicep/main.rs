//! Bicep: small texts and their trees, errors, samples, and texts at random.

mod dump;
mod errors;
mod format;
mod properties;
mod rewriting;
mod samples;
mod trees;
