//! A tool that an agent is about to use, whatever host it runs in.

use serde_json::Value;

/// A call of a tool.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolCall {
    /// The tool's name, as the host writes it.
    pub name: String,
    /// What kind of tool it is.
    pub class: ToolClass,
    /// Its arguments, decoded; text that held JSON is that JSON.
    pub arguments: Value,
    /// The folder in which it runs, when the host says so.
    pub cwd: Option<String>,
}

/// What kind of tool an agent uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolClass {
    /// Runs a command line.
    Shell,
    /// Writes files.
    Edit,
    /// Changes nothing.
    ReadOnly,
    /// Nobody knows; every argument is looked at.
    Unknown,
}
