//! The tables of modules, one file for each group of services.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Module;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    module: Vec<Module>,
}

macro_rules! tables {
    ($language:literal: $($name:literal),* $(,)?) => {
        &[$((
            concat!($language, "/", $name),
            include_str!(concat!("../../../../../../rules/iac/modules/", $language, "/", $name, ".toml")),
        )),*]
    };
}

/// Name and text of each.
pub(super) const BICEP: &[(&str, &str)] = tables!(
    "bicep":
    "analytics", "apps", "backup", "containers", "cosmos", "databases", "edge", "events",
    "integration", "intelligence", "keys", "machines", "messaging", "network",
    "operations", "sql", "storage", "web", "web-plans"
);
/// Name and text of each.
pub(super) const TERRAFORM: &[(&str, &str)] = tables!(
    "terraform":
    "analytics", "apps", "containers", "databases", "databases-flexible", "edge",
    "integration", "intelligence", "machines", "network", "operations", "storage", "web",
    "web-plans"
);

pub(super) fn bicep() -> BTreeMap<String, Module> {
    read(BICEP)
}

pub(super) fn terraform() -> BTreeMap<String, Module> {
    read(TERRAFORM)
}

fn read(tables: &[(&str, &str)]) -> BTreeMap<String, Module> {
    // That every table can be read is tested.
    let modules = tables
        .iter()
        .flat_map(|(_, text)| parse(text).unwrap_or_default());
    modules
        .map(|module| (module.source.clone(), module))
        .collect()
}

pub(super) fn parse(text: &str) -> Result<Vec<Module>, toml::de::Error> {
    toml::from_str::<Table>(text).map(|table| table.module)
}
