//! Packs: what differs between kinds of repository, and between generations of one kind.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

/// One kind of repository.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Its name, such as `apex`.
    pub name: String,
    /// What such repositories are.
    pub summary: String,
    /// Globs of files that are never judged.
    pub exclude: Vec<String>,
    /// Globs by kind of file, for generations that do not say otherwise.
    pub kinds: BTreeMap<String, Vec<String>>,
    /// Kinds that mean nothing without a file of another kind, with that kind.
    #[serde(default, rename = "only-with")]
    pub only_with: BTreeMap<String, String>,
    /// The generations, in the order in which they are tried.
    #[serde(rename = "generation")]
    pub generations: Vec<Generation>,
}

/// One age of a kind of repository.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generation {
    /// Its name, such as `june`.
    pub name: String,
    /// Year and month in which it appeared.
    pub since: String,
    /// Globs; a file that matches one of them tells the generation. With none, it fits always.
    pub evidence: Vec<String>,
    /// Globs by kind of file, where they differ from the pack's.
    #[serde(default)]
    pub kinds: BTreeMap<String, Vec<String>>,
}

/// The embedded packs in the order in which they are tried; the last one fits any repository.
pub fn packs() -> &'static [Pack] {
    static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
        let texts = [
            include_str!("../../../rules/packs/apex/layout.toml"),
            include_str!("../../../rules/packs/generic/layout.toml"),
        ];
        texts
            .into_iter()
            .filter_map(|text| toml::from_str(text).ok())
            .collect()
    });
    &PACKS
}

/// Globs by kind of file that all packs share.
pub fn kinds() -> &'static BTreeMap<String, Vec<String>> {
    static KINDS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
        let text = include_str!("../../../rules/packs/kinds.toml");
        toml::from_str(text).unwrap_or_default()
    });
    &KINDS
}

/// A table of a pack as one generation has it: `[generation.<name>]` replaces values, and its
/// `without` takes values away. `None` when the text is not such a table.
pub(crate) fn by_generation<T: DeserializeOwned>(text: &str, generation: &str) -> Option<T> {
    let mut table: Table = text.parse().ok()?;
    if let Some(Value::Table(mut generations)) = table.remove("generation")
        && let Some(Value::Table(mut own)) = generations.remove(generation)
    {
        if let Some(Value::Array(without)) = own.remove("without") {
            for key in without.iter().filter_map(Value::as_str) {
                table.remove(key);
            }
        }
        table.extend(own);
    }
    table.try_into().ok()
}

#[cfg(test)]
mod tests {
    use baton_syntax::glob::GlobSet;

    use super::{kinds, packs};

    #[test]
    fn every_pack_parses() {
        let names: Vec<&str> = packs().iter().map(|pack| pack.name.as_str()).collect();
        assert_eq!(names, ["apex", "generic"]);
        assert!(kinds().contains_key("json-with-comments"));
    }

    #[test]
    fn every_glob_is_one() {
        let of_packs = packs().iter().flat_map(|pack| {
            let generations = pack.generations.iter();
            let of_generations = generations.flat_map(|generation| generation.kinds.values());
            of_generations.chain(pack.kinds.values())
        });
        for globs in of_packs.chain(kinds().values()) {
            assert!(GlobSet::new(globs).is_ok(), "{globs:?}");
        }
    }
}
