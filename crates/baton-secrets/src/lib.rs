//! Finding secrets in text, and telling of them without giving them away.
//!
//! Shapes are data (`rules/secrets/*.toml`); a text is read once for their keywords, and only
//! what follows a keyword is looked at closely. What a secret means, and which files are looked
//! at, is somebody else's business.

mod checksum;
mod gitleaks;
mod guess;
mod keywords;
mod measure;
mod placeholder;
mod redact;
mod scan;
mod shape;

pub use gitleaks::{Policy, Problem};
pub use redact::{cover, redact, redact_all};
pub use scan::{Secret, scan};
pub use shape::{Confidence, Shape, shapes};
