//! Infrastructure as code: what a template declares, and what its values come to.
//!
//! A tree or a parser per language, one model for all of them with a lowering from each, and an
//! evaluator with three answers. No file is read here, and nothing here knows which value is secure.

pub mod arm;
pub mod arm_lowering;
pub mod azapi;
pub mod bicep;
pub mod bicep_lowering;
pub mod evaluate;
pub mod model;
pub mod program;
pub mod terraform;
