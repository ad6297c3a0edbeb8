//! Texts that certain files of a pack must hold, by generation.

use serde::Deserialize;

/// Files, and what all of them must hold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredGroup {
    /// What the group is called.
    pub id: String,
    /// Which rule asks for it.
    pub contract: Contract,
    /// The generations that have it.
    pub generations: Vec<String>,
    /// Paths of the files.
    pub files: Vec<String>,
    /// What each file must hold.
    pub texts: Vec<RequiredText>,
}

/// What asks for texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contract {
    /// Agents keep to the policies of the cloud.
    Guardrails,
    /// A step ends with how to go on.
    Handoff,
    /// Reviews of a step come to an end.
    Ceiling,
    /// Questions are asked together.
    Batching,
}

/// One demand on a file; without any text, the file only has to exist.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RequiredText {
    /// Texts that must all stand there.
    pub all: Vec<String>,
    /// Texts of which one must stand there.
    pub any: Vec<String>,
    /// Texts that may not stand there.
    pub none: Vec<String>,
    /// Where in the file; anywhere when nothing is said.
    pub scope: Option<Scope>,
    /// Paths of files in which a text counts as well.
    pub or_in: Vec<String>,
    /// A pattern whose group is looked at, instead of the whole.
    pub within: Option<String>,
}

/// A part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Its front matter.
    FrontMatter,
    /// One heading.
    Heading,
    /// One line.
    Line,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Groups {
    #[serde(rename = "group")]
    groups: Vec<RequiredGroup>,
}

/// What a pack's generation asks for; nothing in a pack without a table.
pub(crate) fn of(pack: &str, generation: &str) -> Vec<RequiredGroup> {
    let text = match pack {
        "apex" => include_str!("../../../rules/packs/apex/contracts.toml"),
        _ => return Vec::new(),
    };
    let groups = toml::from_str::<Groups>(text).map(|found| found.groups);
    let mut groups = groups.unwrap_or_default();
    groups.retain(|group| group.generations.iter().any(|one| one == generation));
    groups
}

#[cfg(test)]
mod tests {
    use super::{Contract, RequiredGroup, of};
    use crate::pack::{Generation, Pack, packs};

    /// How many demands there are, and how many files they are about.
    fn sizes(generation: &str, contract: Contract) -> (usize, usize) {
        let groups = of("apex", generation);
        let groups = groups.iter().filter(|group| group.contract == contract);
        let (mut demands, mut files) = (0, Vec::new());
        for group in groups {
            demands += group.texts.len() * group.files.len();
            files.extend(group.files.iter().cloned());
        }
        files.sort();
        files.dedup();
        (demands, files.len())
    }

    #[test]
    fn generations_differ() {
        for generation in ["june", "may"] {
            assert_eq!(sizes(generation, Contract::Guardrails), (34, 9));
            assert_eq!(sizes(generation, Contract::Handoff), (14, 11));
            assert_eq!(sizes(generation, Contract::Ceiling), (7, 2));
            assert_eq!(sizes(generation, Contract::Batching), (2, 1));
        }
        assert_eq!(sizes("april", Contract::Guardrails), (34, 9));
        assert_eq!(sizes("march", Contract::Guardrails), (35, 10));
        assert!(of("apex", "vnext").is_empty() && of("generic", "current").is_empty());
    }

    fn has_its_kinds(pack: &Pack, generation: &Generation, group: &RequiredGroup) -> bool {
        let kind = match group.contract {
            Contract::Guardrails => "guardrail-text",
            Contract::Handoff => "handoff-text",
            Contract::Ceiling => "ceiling-text",
            Contract::Batching => "batching-text",
        };
        let own = generation.kinds.get(kind);
        let globs = own.or_else(|| pack.kinds.get(kind)).unwrap();
        let shared = pack.kinds.get("shared-guardrail-text").unwrap();
        let mut or_in = group.texts.iter().flat_map(|text| &text.or_in);
        group.files.iter().all(|file| globs.contains(file))
            && or_in.all(|file| shared.contains(file))
    }

    #[test]
    fn every_file_is_of_the_kind_that_the_rule_judges() {
        for pack in packs() {
            for generation in &pack.generations {
                let groups = of(&pack.name, &generation.name);
                let mut groups = groups.iter();
                assert!(groups.all(|group| has_its_kinds(pack, generation, group)));
            }
        }
    }
}
