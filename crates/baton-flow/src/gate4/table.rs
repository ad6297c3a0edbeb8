//! The table of what the machine gate looks at.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// All of the table.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// The gate.
    pub(super) gate: String,
    /// The gate at which the plan was approved.
    pub(super) approval: String,
    /// Where the report is written.
    pub(super) report: String,
    /// The project's files.
    pub(super) scope: Vec<String>,
    /// Those of them that the runner writes.
    pub(super) own: Vec<String>,
    /// What is frozen where the workflow says nothing, in the project's folder.
    pub(super) frozen: Vec<String>,
    /// What is looked at, in the order of the report.
    #[serde(rename = "item")]
    pub(super) items: Vec<Row>,
}

/// One thing that is looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    /// A short name for programs.
    pub(super) key: String,
    /// What is in order when it passes.
    pub(super) title: String,
    /// Who judges.
    pub(super) judge: Judge,
    /// The checks and rules that judge.
    #[serde(default)]
    pub(super) checks: Vec<String>,
    /// The files that are judged.
    #[serde(default)]
    pub(super) files: Vec<String>,
    /// Whether it is inconclusive when there was nothing to judge.
    #[serde(default)]
    pub(super) required: bool,
    /// What it means that none of its files is there, where that is in order.
    pub(super) absent: Option<String>,
    /// The step it is about.
    pub(super) step: Option<String>,
    /// What differs by track.
    #[serde(default)]
    pub(super) track: BTreeMap<String, OnTrack>,
}

/// Who judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Judge {
    /// The check of a step's files.
    Precheck,
    /// Rules.
    Checks,
    /// Rules, and tools of others.
    Tools,
    /// The digests of what was approved.
    PlanLock,
    /// Findings of reviews, and what was decided about them.
    Challenger,
    /// The review of the code.
    Review,
}

/// What judges code of one track.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OnTrack {
    /// Checks behind which a tool of others stands.
    pub(super) tools: Vec<String>,
    /// Checks and rules of our own.
    pub(super) checks: Vec<String>,
    /// Rules whose findings block whatever their severity.
    #[serde(default)]
    pub(super) strict: Vec<String>,
}

/// The table.
pub(super) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let text = include_str!("../../../../rules/packs/apex/gate4.toml");
        toml::from_str(text).unwrap_or_default()
    });
    &TABLE
}
