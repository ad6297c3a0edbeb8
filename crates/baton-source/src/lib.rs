//! Positions in text, and what is said about them.
//!
//! The vocabulary every other crate shares: paths, spans, diagnostics, fixes.
//! Nothing here reads a file, renders a message or knows a file format.

mod diagnostic;
mod edit;
mod line_index;
mod nearest;
mod path;
mod span;

pub use diagnostic::{Applicability, Diagnostic, Fix, Label, Location, Severity};
pub use edit::{Edit, apply_edits};
pub use line_index::{LineColumn, LineIndex};
pub use nearest::{nearest, nearest_within};
pub use path::{FileId, RepoPath};
pub use span::{Span, Spanned, SyntaxError};
