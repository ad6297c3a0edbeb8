//! What a pack expects of skills, by generation.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::pack::by_generation;

/// What one generation of a pack expects of skills.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[expect(clippy::struct_excessive_bools, reason = "each is one line of a table")]
pub struct SkillConventions {
    /// Whether the open specification decides, and the host that reads the folder.
    pub specification: bool,
    /// Keys that somebody reads.
    pub keys: Vec<String>,
    /// The longest name there may be, in characters.
    pub name_max: Option<usize>,
    /// The longest `compatibility` there may be, in characters.
    pub compatibility_max: Option<usize>,
    /// Whether `description` stands on its key's line.
    pub one_line_description: bool,
    /// The longest description there may be.
    pub description_max: Option<usize>,
    /// The longest description there ought to be.
    pub description_long: Option<usize>,
    /// The shortest description there ought to be.
    pub description_min: Option<usize>,
    /// How many lines `SKILL.md` ought to have at most.
    pub max_lines: Option<usize>,
    /// Whether a longer one must have references.
    pub demands_references: bool,
    /// Skills that may be longer without references.
    pub oversized: Vec<String>,
    /// Texts that tell a format of before.
    pub outdated_syntax: Vec<String>,
    /// How the names of files end that held keys of skills before.
    pub sidecar: Option<String>,
    /// Whether agents, instructions or other skills name every skill.
    pub named: bool,
    /// Whether the name of its folder in a path is enough for that.
    pub loosely_named: bool,
    /// Skills that nobody need name.
    pub unlinked: Vec<String>,
    /// Whether something leads to every reference.
    pub orphaned_references: bool,
    /// Whether descriptions send readers to skills and agents that exist.
    pub redirects: bool,
    /// Whether references begin with their mark.
    pub marked_first: bool,
    /// What they may send readers to besides.
    pub redirect_extra: Vec<String>,
    /// Skills that have another name now.
    pub retired: BTreeMap<String, String>,
    /// Parts of paths of files that may name them.
    pub retired_skip: Vec<String>,
    /// What digests of skills look like, where there are some.
    pub digests: Option<Digests>,
    /// Whether a file says which agents read which skills.
    pub affinity: bool,
    /// How severe a folder of a skill without `SKILL.md` is: `error` or `warning`.
    pub missing_file: Option<String>,
}

/// Shorter forms of skills, which a program makes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Digests {
    /// What they begin with.
    pub header: String,
    /// How many lines a digest has at most for 100 of the skill.
    pub digest_percent: usize,
    /// How many lines the shortest form has at most for 100 of the digest.
    pub minimal_percent: usize,
    /// Whether every skill has a digest.
    pub demanded: bool,
}

impl SkillConventions {
    /// Those of a pack's generation; nothing is expected in a pack without a table.
    pub(crate) fn of(pack: &str, generation: &str) -> SkillConventions {
        let text = match pack {
            "apex" => include_str!("../../../../rules/packs/apex/skills.toml"),
            "generic" => include_str!("../../../../rules/packs/generic/skills.toml"),
            _ => "",
        };
        by_generation(text, generation).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::SkillConventions;
    use crate::pack::packs;

    #[test]
    fn every_generation_has_its_table() {
        for pack in packs() {
            for generation in &pack.generations {
                let found = SkillConventions::of(&pack.name, &generation.name);
                let has_table = found.specification || found.named;
                assert!(has_table, "{}", generation.name);
            }
        }
        let limits = |generation| {
            let found = SkillConventions::of("apex", generation);
            (found.description_max, found.max_lines, found.affinity)
        };
        assert_eq!(limits("june"), (Some(500), Some(200), false));
        assert_eq!(limits("april"), (None, Some(200), true));
        assert_eq!(limits("landing-zone"), (None, None, false));
    }
}
