//! Settings about the editor's configuration.

use serde::Deserialize;

/// Settings about the editor's configuration; what is not set is as the pack has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Editor {
    /// Extensions that the development container must install and the editor must recommend.
    pub required_extensions: Option<Vec<String>>,
    /// Extensions that the development container may install without a recommendation.
    pub container_only_extensions: Option<Vec<String>>,
    /// Extensions that the development container may not install; a publisher alone stands for
    /// all of its extensions.
    pub denied_extensions: Option<Vec<String>>,
}
