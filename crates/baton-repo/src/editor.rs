//! What a pack expects of the editor's configuration, by generation.

use serde::Deserialize;

use crate::pack::by_generation;

/// What one generation of a pack expects of the editor's configuration.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct EditorConventions {
    /// Kinds of file that are missed when they are not there.
    pub expected: Vec<String>,
    /// Extensions that the development container installs and the editor recommends; without
    /// any, the two lists need not agree.
    pub required_extensions: Vec<String>,
    /// Extensions that the development container may install without a recommendation.
    pub container_only_extensions: Vec<String>,
    /// Extensions that the development container may not install.
    #[serde(rename = "denied-extension")]
    pub denied_extensions: Vec<DeniedExtension>,
    /// Settings of the development container.
    #[serde(rename = "setting")]
    pub settings: Vec<RequiredSetting>,
    /// Folders that settings must list.
    #[serde(rename = "location")]
    pub locations: Vec<Location>,
    /// Folders that settings may not list.
    #[serde(rename = "retired-location")]
    pub retired_locations: Vec<RetiredLocation>,
    /// Servers that agents need.
    #[serde(rename = "server")]
    pub servers: Vec<RequiredServer>,
}

/// An extension that may not be installed, and why.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeniedExtension {
    /// Its id, or a publisher, who stands for all of their extensions.
    pub id: String,
    /// What is wrong with it, as the end of a sentence.
    pub why: String,
}

/// A setting that must be there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RequiredSetting {
    /// Its name.
    pub name: String,
    /// Whether it has to be `true`.
    #[serde(default)]
    pub must_be_true: bool,
    /// The value to write where it is missing, unless folders say that.
    #[serde(default)]
    pub value: Option<String>,
}

/// A folder that a setting must list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// The setting.
    pub setting: String,
    /// The folder.
    pub path: String,
    /// Whether agents are lost without it, which is an error.
    #[serde(default)]
    pub vital: bool,
}

/// A folder that a setting may not list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetiredLocation {
    /// The setting.
    pub setting: String,
    /// The folder.
    pub path: String,
}

/// A server that agents need.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredServer {
    /// Its name.
    pub name: String,
    /// The `type` it must have.
    #[serde(default)]
    pub transport: Option<String>,
    /// The `command` it must have.
    #[serde(default)]
    pub command: Option<String>,
    /// What one of its arguments must contain.
    #[serde(default)]
    pub argument: Option<String>,
}

impl EditorConventions {
    /// Those of a pack's generation; nothing is expected in a pack without a table.
    pub(crate) fn of(pack: &str, generation: &str) -> EditorConventions {
        let text = match pack {
            "apex" => include_str!("../../../rules/packs/apex/editor.toml"),
            _ => "",
        };
        by_generation(text, generation).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::EditorConventions;

    #[test]
    fn generations_differ() {
        let of = |generation| EditorConventions::of("apex", generation);
        let sizes = |generation| {
            let found = of(generation);
            let allowed = found.container_only_extensions.len();
            let denied = found.denied_extensions.len();
            (
                found.required_extensions.len(),
                allowed,
                denied,
                found.servers.len(),
            )
        };
        assert_eq!(sizes("june"), (3, 9, 3, 2));
        assert_eq!(sizes("may"), (3, 9, 3, 2));
        assert_eq!(sizes("early-may"), (3, 10, 0, 2));
        assert_eq!(sizes("april"), (4, 10, 0, 2));
        assert_eq!(sizes("march"), (4, 10, 0, 1));
        assert_eq!(sizes("vnext"), (3, 6, 3, 2));
        assert_eq!(sizes("landing-zone"), (0, 0, 0, 0));
        assert!(of("vnext").locations.iter().any(|one| one.vital));
        assert!(
            EditorConventions::of("generic", "current")
                .settings
                .is_empty()
        );
    }
}
