//! What the user decided about a run.

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_repo::Date;
use baton_rules::Settings;
use baton_source::Severity;

use crate::baseline::Baseline;
use crate::{Selection, Standing};

/// Which rules run and how much their findings matter.
#[derive(Debug, Clone)]
pub struct CheckConfig {
    /// The rules asked for.
    pub selection: Selection,
    /// What the configuration says of single rules, by slug.
    pub levels: BTreeMap<&'static str, Level>,
    /// The same for some paths only; later entries win.
    pub overrides: Vec<PathOverride>,
    /// Settings of the rules.
    pub settings: Settings,
    /// Findings that were there before.
    pub baseline: Option<Arc<Baseline>>,
    /// Where comments and entries of the baseline must stand already to count; anywhere without.
    pub standing: Option<Arc<Standing>>,
    /// The day of the run.
    pub today: Date,
}

/// What a configuration may say about a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Findings are dropped; the rule does not run.
    Off,
    /// Findings have this severity.
    At(Severity),
}

/// Levels for the paths that match some globs.
#[derive(Debug, Clone)]
pub struct PathOverride {
    /// The globs.
    pub paths: Vec<String>,
    /// Levels by slug.
    pub levels: BTreeMap<&'static str, Level>,
}

impl CheckConfig {
    /// A run over these rules with nothing else decided.
    pub fn new(selection: Selection, today: Date) -> CheckConfig {
        CheckConfig {
            selection,
            levels: BTreeMap::new(),
            overrides: Vec::new(),
            settings: Settings::default(),
            baseline: None,
            standing: None,
            today,
        }
    }

    /// The level of a rule everywhere; an explicit selection wins over `off`.
    pub(crate) fn level(&self, slug: &str) -> Option<Level> {
        let level = self.levels.get(slug).copied();
        level.filter(|level| *level != Level::Off || !self.selection.names_explicitly(slug))
    }
}
