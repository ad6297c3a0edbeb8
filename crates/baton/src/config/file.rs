//! The shape of `baton.toml`, every word with its place.

use std::collections::BTreeMap;

use baton_rules::Settings;
use serde::Deserialize;
use toml::Spanned;

use super::gates::GatesTable;

/// A word and where it stands.
pub(crate) type Word = Spanned<String>;

/// One configuration file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ConfigFile {
    /// Versions of baton that may read it.
    pub(crate) required_version: Option<Word>,
    /// Files whose words hold unless this one says otherwise.
    pub(crate) extends: Vec<Word>,
    /// Globs of files that are never judged.
    pub(crate) exclude: Vec<Word>,
    /// Files with more bytes are reported, not read.
    pub(crate) max_file_size: Option<usize>,
    /// The least severity that fails a run.
    pub(crate) fail_on: Option<Word>,
    /// The branch that others start from, where the remote does not tell.
    pub(crate) default_branch: Option<String>,
    /// The file with findings that were there before, relative to this one.
    pub(crate) baseline: Option<Word>,
    /// Selectors of what runs.
    pub(crate) select: Vec<Word>,
    /// Selectors of what does not run.
    pub(crate) ignore: Vec<Word>,
    /// Where things live.
    pub(crate) layout: LayoutTable,
    /// Levels by rule.
    pub(crate) rules: BTreeMap<Word, Word>,
    /// Levels by rule for some paths.
    pub(crate) overrides: Vec<OverrideTable>,
    /// Settings of the rules.
    pub(crate) options: Settings,
    /// Who decides at gates.
    pub(crate) gates: GatesTable,
}

/// Where things live.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LayoutTable {
    /// The pack to use instead of detecting one.
    pub(crate) pack: Option<Word>,
    /// The generation to use instead of detecting one.
    pub(crate) generation: Option<Word>,
    /// Globs by kind of file that replace the pack's.
    pub(crate) kinds: BTreeMap<Word, Vec<Word>>,
}

/// Levels for some paths.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OverrideTable {
    /// The globs.
    pub(crate) paths: Spanned<Vec<Word>>,
    /// The levels.
    pub(crate) rules: BTreeMap<Word, Word>,
}

/// The settings as they are written, to be merged with those of other files.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct OptionsTable {
    /// The table.
    pub(crate) options: toml::Table,
}
