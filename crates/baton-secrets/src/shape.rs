//! The shapes of secrets, as the embedded tables describe them.

use std::sync::{LazyLock, OnceLock};

use regex::bytes::{Regex, RegexBuilder};
use serde::Deserialize;

const TABLES: [&str; 6] = [
    include_str!("../../../rules/secrets/azure.toml"),
    include_str!("../../../rules/secrets/clouds.toml"),
    include_str!("../../../rules/secrets/models.toml"),
    include_str!("../../../rules/secrets/hosts.toml"),
    include_str!("../../../rules/secrets/services.toml"),
    include_str!("../../../rules/secrets/generic.toml"),
];

/// The largest program a pattern may become.
pub(crate) const PROGRAM: usize = 4 * 1024 * 1024;

/// How sure a find is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// It may as well be something else.
    Low,
    /// Its surroundings say so.
    Medium,
    /// Its own form says so.
    #[default]
    High,
}

/// How one kind of secret looks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// Its name in reports, kebab-case.
    pub kind: String,
    /// What it is, for a sentence: `a GitHub token`.
    pub name: String,
    /// Kinds with the same consequences; the rule that reports them.
    pub group: String,
    /// Words without which it is not there; one with capitals is compared exactly.
    pub(crate) keywords: Vec<String>,
    /// Its form from the keyword on; the first group that takes part is the secret.
    pattern: String,
    /// Bytes of the form before the keyword.
    #[serde(default)]
    pub(crate) before: usize,
    /// Bytes before the keyword within which the form begins somewhere.
    #[serde(default)]
    pub(crate) reach: usize,
    /// Bytes that are looked at from the beginning of the form.
    #[serde(default = "window")]
    pub(crate) window: usize,
    /// What may not touch the form.
    #[serde(default)]
    pub(crate) edge: Edge,
    /// What must stand before the keyword on its line.
    pub(crate) lead: Option<Lead>,
    /// Words of which one must stand on the same line.
    #[serde(default)]
    pub(crate) near: Vec<String>,
    /// What the value must be like when the form says little.
    pub(crate) guess: Option<Guess>,
    /// The least bits per character.
    #[serde(default = "entropy")]
    pub(crate) entropy: f64,
    /// How the form proves itself.
    pub(crate) checksum: Option<Checksum>,
    /// Whether anything may follow the form.
    #[serde(default)]
    pub(crate) loose: bool,
    /// How sure a find is.
    #[serde(default)]
    pub confidence: Confidence,
    /// Ids of gitleaks' rules for the same thing, which its configuration may name.
    #[serde(default)]
    pub gitleaks: Vec<String>,
    /// Where the form is described.
    pub source: String,
    /// When that was last looked at.
    pub seen: Option<String>,
    #[serde(skip)]
    regex: OnceLock<Option<Regex>>,
}

/// Characters that may not touch a form, for it would be part of something longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Edge {
    /// Letters, digits and `_`.
    #[default]
    Word,
    /// Those, and what Base64 has.
    Base64,
    /// Digits and dots.
    Number,
    /// Anything may.
    None,
}

/// What stands before a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Lead {
    /// The rest of a name with which the line begins, perhaps after `export`.
    Assignment,
    /// The rest of the name of an argument: `--admin-`.
    Flag,
}

/// What a value must be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Guess {
    /// Something a person would choose.
    Password,
    /// Something a machine made.
    Key,
}

/// How a form proves itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Checksum {
    /// The last six characters are the CRC32 of the thirty before, in base 62.
    Crc32Base62,
}

fn window() -> usize {
    400
}

fn entropy() -> f64 {
    3.0
}

/// Every shape, in the order of their tables.
pub fn shapes() -> &'static [Shape] {
    static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| {
        TABLES
            .iter()
            .flat_map(|table| read(table).unwrap_or_default())
            .collect()
    });
    &SHAPES
}

/// The place of a kind's shape.
pub(crate) fn shape(kind: &str) -> Option<&'static Shape> {
    shapes().iter().find(|shape| shape.kind == kind)
}

fn read(table: &str) -> Result<Vec<Shape>, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Table {
        shape: Vec<Shape>,
    }
    toml::from_str(table).map(|table: Table| table.shape)
}

impl Shape {
    /// The compiled form, made when first needed.
    pub(crate) fn regex(&self) -> Option<&Regex> {
        let compile = || {
            let pattern = if self.reach == 0 {
                format!("\\A(?:{})", self.pattern)
            } else {
                self.pattern.clone()
            };
            // Secrets are ASCII, and classes of Unicode make programs a hundred times as large.
            let mut builder = RegexBuilder::new(&pattern);
            builder.unicode(false).size_limit(PROGRAM).build().ok()
        };
        self.regex.get_or_init(compile).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{TABLES, read, shapes};

    #[test]
    fn every_table_can_be_read_and_every_pattern_compiled() {
        for table in TABLES {
            assert!(!read(table).unwrap().is_empty());
        }
        for shape in shapes() {
            assert!(shape.regex().is_some(), "{}", shape.kind);
        }
    }

    #[test]
    fn kinds_are_unique_and_every_shape_has_a_keyword_and_a_source() {
        let kinds: BTreeSet<&str> = shapes().iter().map(|shape| shape.kind.as_str()).collect();
        assert_eq!(kinds.len(), shapes().len());
        for shape in shapes() {
            assert!(
                shape.keywords.iter().all(|word| word.len() > 1),
                "{}",
                shape.kind
            );
            assert!(!shape.keywords.is_empty() && !shape.source.is_empty());
            assert!(
                shape
                    .near
                    .iter()
                    .all(|word| *word == word.to_ascii_lowercase())
            );
        }
    }
}
