//! Text to trees with positions.
//!
//! Parsers for the formats a repository is written in. None of them fails: each returns
//! what it could read and the errors beside it. No files, no opinions.

pub mod commit;
pub mod emoji;
pub mod excerpt;
pub mod front_matter;
pub mod glob;
pub mod javascript;
pub mod json;
pub mod markdown;
pub mod node;
pub mod powershell;
pub mod shell;
pub mod xml;
pub mod yaml;
