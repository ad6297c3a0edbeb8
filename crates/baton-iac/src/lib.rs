//! Infrastructure as code: what a template declares, and what its values come to.
//!
//! One model for all languages, a lowering from each, and an evaluator with three answers.
//! No file is read here, and nothing here knows which value is a secure one.

pub mod evaluate;
pub mod model;
pub mod terraform;
