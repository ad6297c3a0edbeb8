//! Every rule: its document, its judgement, its settings.
//!
//! Rules are pure. They see a repository and today's date, and report findings; whether a
//! rule runs, on which files, and what becomes of its findings is the checker's business.

mod findings;
mod rule;
mod rules;
pub mod settings;
mod support;

pub use baton_repo::File;
pub use findings::Findings;
pub use rule::{Check, CheckName, Ctx, Default, Rule, RuleMeta};
pub use rules::{CHECKS, RULES};
pub use settings::Settings;
