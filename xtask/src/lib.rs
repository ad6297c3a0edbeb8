//! Chores of the workspace: generated files, house limits, new rules.

pub mod bicep_format;
pub mod document;
pub mod fault_table;
pub mod generate;
pub mod mutation;
pub mod new_rule;
pub mod parity;
pub mod tidy;

use std::path::{Path, PathBuf};

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default()
}
