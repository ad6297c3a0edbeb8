//! What commit messages must be like: as the repository's configuration of commitlint says, or
//! as the pack has it.

mod config;
mod setting;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_source::{FileId, Span};
use baton_syntax::commit::HeaderStyle;
use serde::Deserialize;

use crate::Repo;
pub use setting::CommitRule;

/// What commit messages must be like.
#[derive(Debug, Clone, Default)]
pub struct CommitConventions {
    /// Who says so.
    pub origin: CommitOrigin,
    /// By the names that commitlint gives them.
    pub rules: BTreeMap<String, CommitRule>,
    /// How headers are read; `None` when that could not be found out.
    pub style: Option<HeaderStyle>,
    /// Whether messages that git and servers write are left alone.
    pub default_ignores: bool,
    /// What of the configuration could not be read.
    pub remarks: Vec<CommitRemark>,
}

/// Who says what messages must be like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CommitOrigin {
    /// Nobody.
    #[default]
    Nobody,
    /// A configuration file.
    File(FileId),
    /// The pack.
    Pack,
}

/// A place in a configuration file with what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitRemark {
    /// The file.
    pub file: FileId,
    /// The place.
    pub span: Span,
    /// What was not read: one sentence without a full stop.
    pub message: String,
}

/// A configuration that others build upon.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Preset {
    names: Vec<String>,
    style: String,
    rules: BTreeMap<String, toml::Value>,
}

/// What a pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackRules {
    extends: String,
    rules: BTreeMap<String, toml::Value>,
}

static PRESETS: LazyLock<BTreeMap<String, Preset>> = LazyLock::new(|| {
    let text = include_str!("../../../rules/commits/presets.toml");
    toml::from_str(text).unwrap_or_default()
});

impl Repo {
    /// What commit messages must be like.
    pub fn commit_conventions(&self) -> &CommitConventions {
        let conventions = &self.views.commit_conventions;
        conventions.get_or_init(|| CommitConventions::of(self))
    }
}

impl CommitConventions {
    fn of(repo: &Repo) -> CommitConventions {
        if let Some(read) = config::read(repo) {
            return read;
        }
        if !repo.layout().is("apex") {
            return CommitConventions {
                default_ignores: true,
                style: Some(HeaderStyle::Conventional),
                ..CommitConventions::default()
            };
        }
        let text = include_str!("../../../rules/packs/apex/commits.toml");
        let Ok(pack) = toml::from_str::<PackRules>(text) else {
            return CommitConventions::default();
        };
        let mut conventions = CommitConventions::conventional();
        if let Some(preset) = PRESETS.get(&pack.extends) {
            conventions.rules = rules_of(&preset.rules);
        }
        conventions.rules.extend(rules_of(&pack.rules));
        conventions.origin = CommitOrigin::Pack;
        conventions
    }

    /// The conventional ones, said by nobody.
    pub fn conventional() -> CommitConventions {
        let preset = PRESETS.get("conventional");
        CommitConventions {
            origin: CommitOrigin::Nobody,
            rules: preset.map_or_else(BTreeMap::new, |preset| rules_of(&preset.rules)),
            style: Some(HeaderStyle::Conventional),
            default_ignores: true,
            remarks: Vec::new(),
        }
    }
}

impl Preset {
    fn style(&self) -> HeaderStyle {
        match self.style.as_str() {
            "conventional" => HeaderStyle::Conventional,
            _ => HeaderStyle::Angular,
        }
    }
}

fn rules_of(table: &BTreeMap<String, toml::Value>) -> BTreeMap<String, CommitRule> {
    let rules = table.iter().filter_map(|(name, value)| {
        let rule = CommitRule::read(&setting::node_of(value)).ok()?;
        Some((name.clone(), rule))
    });
    rules.collect()
}

#[cfg(test)]
mod tests {
    use super::{CommitConventions, PRESETS, rules_of};

    #[test]
    fn the_tables_parse() {
        let preset = &PRESETS["conventional"];
        let conventional = CommitConventions::conventional();
        assert_eq!(conventional.rules.len(), preset.rules.len());
        let text = include_str!("../../../rules/packs/apex/commits.toml");
        let pack: super::PackRules = toml::from_str(text).unwrap();
        assert_eq!(rules_of(&pack.rules).len(), pack.rules.len());
    }
}
