//! The tables of modules, one file for each group of services.

use std::collections::BTreeMap;
use std::sync::OnceLock;

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

/// The modules of a language. A table is read when one of its modules is first asked for: a
/// repository calls few, and reading all of them takes longer than judging its calls.
pub(super) struct Tables {
    texts: &'static [(&'static str, &'static str)],
    /// In which text each module stands.
    places: BTreeMap<&'static str, usize>,
    read: Vec<OnceLock<BTreeMap<String, Module>>>,
}

impl Tables {
    pub(super) fn of(texts: &'static [(&'static str, &'static str)]) -> Tables {
        let named = texts.iter().enumerate().flat_map(|(number, (_, text))| {
            let sources = text.lines().filter_map(source);
            sources.map(move |source| (source, number))
        });
        Tables {
            texts,
            places: named.collect(),
            read: texts.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    pub(super) fn module(&self, name: &str) -> Option<&Module> {
        let number = *self.places.get(name)?;
        let (_, text) = self.texts.get(number)?;
        let table = self.read.get(number)?.get_or_init(|| {
            // That every table can be read is tested.
            let modules = parse(text).unwrap_or_default().into_iter();
            let named = modules.map(|module| (module.source.clone(), module));
            named.collect()
        });
        table.get(name)
    }
}

/// The module that a line of a table begins.
fn source(line: &str) -> Option<&str> {
    line.strip_prefix("source = \"")?.strip_suffix('"')
}

pub(super) fn parse(text: &str) -> Result<Vec<Module>, toml::de::Error> {
    toml::from_str::<Table>(text).map(|table| table.module)
}
