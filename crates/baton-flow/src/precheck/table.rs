//! The table of what each step has to leave behind.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// All of the table.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    /// Where the state of the session lies.
    pub(crate) state: String,
    /// Folders of code by track, for graphs that name none.
    pub(crate) code: BTreeMap<String, String>,
    /// The steps, in the order of the workflow.
    #[serde(rename = "step")]
    pub(crate) steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    /// Its key, such as `3_5`.
    pub(crate) key: String,
    /// What has to be there; all of it.
    pub(crate) needs: Vec<Need>,
}

/// Something that has to be there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Need {
    /// Globs; a file that matches any of them counts.
    pub(crate) files: Vec<String>,
    /// How many files it takes.
    #[serde(default = "one")]
    pub(crate) at_least: usize,
    /// Sections that each of them has.
    #[serde(default)]
    pub(crate) h2: Vec<String>,
    /// The track on which it is needed; on all without.
    pub(crate) track: Option<String>,
}

/// The table.
pub(crate) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let text = include_str!("../../../../rules/packs/apex/precheck.toml");
        toml::from_str(text).unwrap_or_default()
    });
    &TABLE
}

fn one() -> usize {
    1
}
