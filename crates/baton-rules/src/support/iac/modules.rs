//! Azure Verified Modules: what a call of one deploys, and which of its parameters becomes which property.
//!
//! The tables are `rules/iac/modules/*/*.toml`. A module deploys virtual resources; the property of one
//! comes from a parameter of the call, from the module itself, or nobody here knows from where.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_iac::evaluate::Known;
use baton_iac::model::Language;
use serde::Deserialize;

mod given;
mod property;
mod source;
mod tables;
#[cfg(test)]
mod tests;
mod version;

use tables::Tables;

pub(crate) use given::Given;
pub(crate) use source::version_of;

/// A module of a registry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Module {
    /// Its name in the registry: `storage/storage-account` (Bicep), `storage-storageaccount` (Terraform).
    pub(crate) source: String,
    /// What it deploys, as far as rules judge it.
    #[serde(rename = "resource")]
    pub(crate) resources: Vec<VirtualResource>,
}

/// A resource, or one for each item of a parameter, that a call of a module deploys.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VirtualResource {
    /// Its type: of ARM, or of the provider.
    pub(crate) kind: String,
    /// The list or map of which each item makes one such resource: a path below the arguments.
    pub(crate) each: Option<String>,
    /// What must hold of the arguments for it to exist: see [`Row::when`].
    #[serde(default)]
    when: Vec<String>,
    /// The first version that deploys it under this type.
    since: Option<String>,
    /// The first version that no longer does.
    until: Option<String>,
    properties: Vec<Row>,
}

/// Where a property comes from, in some versions and under some conditions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// The property, and all below it that no longer path names.
    path: String,
    /// The parameter that is passed on; `each/…` is a part of the item.
    parameter: Option<String>,
    /// What the module sets itself.
    value: Option<toml::Value>,
    /// What the property is if the parameter is not given.
    default: Option<toml::Value>,
    /// The property is left out if there is no parameter, or none given.
    #[serde(default)]
    absent: bool,
    /// What becomes of a value: its text, and the value of the property.
    #[serde(default)]
    values: BTreeMap<String, toml::Value>,
    /// The inside of the parameter is not that of the property.
    #[serde(default)]
    opaque: bool,
    /// All must hold: `a` is given and not empty, `!a` is not, `a=text` and `a!=text`.
    #[serde(default)]
    when: Vec<String>,
    /// The first version for which this holds; until the next row of the path that has one.
    since: Option<String>,
}

/// Where a property of a virtual resource comes from.
#[derive(Debug, PartialEq)]
pub(crate) enum Mapped<'m> {
    /// From an argument of the call.
    Parameter {
        /// Where to look: below the item if `in_item`, otherwise below the arguments of the call.
        path: Vec<&'m str>,
        /// Whether the path starts at an item of [`VirtualResource::each`].
        in_item: bool,
        /// What becomes of the value.
        translation: Translation<'m>,
        /// What the property is where the argument is absent.
        otherwise: Otherwise,
    },
    /// The module sets it, whatever the call says.
    Fixed(Known),
    /// The module leaves it out: the platform's default holds.
    Absent,
    /// Not known: no row, or the text of the call does not decide it.
    Unmapped,
}

/// What a property is whose parameter is not given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Otherwise {
    /// This: the module's default.
    Default(Known),
    /// Left out: the platform's default holds.
    Absent,
    /// Not known.
    Unknown,
}

/// What a module makes of the value of an argument.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Translation<'m>(Option<&'m BTreeMap<String, toml::Value>>);

/// The module of a registry that a call names.
pub(crate) fn module(language: Language, source: &str) -> Option<&'static Module> {
    static BICEP: LazyLock<Tables> = LazyLock::new(|| Tables::of(tables::BICEP));
    static TERRAFORM: LazyLock<Tables> = LazyLock::new(|| Tables::of(tables::TERRAFORM));
    match language {
        Language::Bicep => BICEP.module(&source::bicep_name(source)?),
        Language::Terraform => TERRAFORM.module(&source::terraform_name(source)?),
        Language::Arm => None,
    }
}

impl VirtualResource {
    /// The language whose names the paths have.
    pub(crate) fn dialect(&self) -> Language {
        if self.kind.contains('/') {
            Language::Bicep
        } else {
            Language::Terraform
        }
    }

    /// Whether a call of `version` with these arguments deploys it; `None` where that is open.
    pub(crate) fn exists(
        &self,
        version: Option<&str>,
        given: &dyn Fn(&[&str]) -> Given,
    ) -> Option<bool> {
        let asked = version::versions(version);
        let bound = |text: &Option<String>| text.as_deref().and_then(version::version);
        let since = bound(&self.since).unwrap_or_default();
        if !asked.meet(since, bound(&self.until)) {
            return Some(false);
        }
        given::all_hold(&self.when, given)
    }

    /// Where the property at `path` comes from in `version` of the module.
    ///
    /// `given` says what the call has at a path below its arguments; what belongs to an item is not asked.
    pub(crate) fn property<'m>(
        &'m self,
        path: &[&'m str],
        version: Option<&str>,
        given: &dyn Fn(&[&str]) -> Given,
    ) -> Mapped<'m> {
        property::property(self, path, version, given)
    }
}

impl Translation<'_> {
    /// Whether values are passed on as they are.
    pub(crate) fn is_none(self) -> bool {
        self.0.is_none()
    }

    /// What becomes of `value`; `None` where the module does something else with it.
    pub(crate) fn apply(self, value: &Known) -> Option<Known> {
        let Some(values) = self.0 else {
            return Some(value.clone());
        };
        let text = value.as_text()?;
        let hit = values
            .iter()
            .find(|(from, _)| from.eq_ignore_ascii_case(text));
        hit.map(|(_, to)| property::known(to))
    }
}
