//! What a pack expects of documentation, by generation.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::pack;

/// What one generation of a pack expects of documentation.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DocsConventions {
    /// The folder of the documentation.
    pub docs_folder: Option<String>,
    /// Agents that are gone, by the name of their file, and what does their work now.
    pub removed_agents: BTreeMap<String, String>,
    /// Agents whose file has another name now.
    pub renamed_agents: BTreeMap<String, String>,
    /// Skills that are gone, and what does their work now.
    pub removed_skills: BTreeMap<String, String>,
    /// Folders that are gone, and what took their place.
    pub removed_folders: BTreeMap<String, String>,
    /// Folders that pages must not speak of.
    pub removed_docs_folders: Vec<String>,
    /// Parts of paths of pages for which that does not hold.
    pub docs_folder_exempt: Vec<String>,
    /// Folders that neither pages nor guidance for agents may speak of.
    pub removed_guide_folders: Vec<String>,
    /// The folder in which documents lay before.
    pub retired_docs: Option<RetiredDocs>,
    /// Texts that somebody meant to replace.
    pub placeholders: Vec<String>,
    /// What every reference of a skill holds.
    pub reference_mark: Option<String>,
    /// What a skill with references says.
    pub reference_index: Option<String>,
    /// Parts of paths whose files are not looked at for outdated names.
    pub unscanned: Vec<String>,
    /// Parts of paths of pages whose freshness is not judged.
    pub unfresh: Vec<String>,
    /// Whether only pages directly in the folder are searched for versions.
    pub top_level_versions: bool,
    /// Whether what is otherwise only told is an error.
    pub notes_fail: bool,
}

/// A folder that documents have left.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RetiredDocs {
    /// Its name.
    pub folder: String,
    /// What may follow its name.
    pub except: Vec<String>,
}

impl DocsConventions {
    /// Those of a pack's generation; nothing is expected in a pack without a table.
    pub(crate) fn of(pack: &str, generation: &str) -> DocsConventions {
        let text = match pack {
            "apex" => include_str!("../../../rules/packs/apex/docs.toml"),
            _ => "",
        };
        pack::by_generation(text, generation).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::DocsConventions;

    #[test]
    fn generations_differ() {
        let of = |generation| DocsConventions::of("apex", generation);
        let renamed = |generation| of(generation).renamed_agents["05-bicep-planner"].clone();
        assert_eq!(renamed("june"), "05-iac-planner");
        assert_eq!(renamed("march"), "05b-bicep-planner");
        assert_eq!(of("may").docs_folder, of("april").docs_folder);
        assert!(of("april").notes_fail && !of("may").notes_fail);
        assert!(of("june").retired_docs.is_some() && of("vnext").retired_docs.is_none());
        assert!(of("landing-zone").removed_agents.is_empty());
        assert!(
            DocsConventions::of("generic", "current")
                .removed_skills
                .is_empty()
        );
    }
}
