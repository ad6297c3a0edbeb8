//! What discovered policies demand of infrastructure code.

use std::sync::LazyLock;

use baton_iac::evaluate::{Candidate, Known};
use baton_iac::model::Language;
use baton_repo::governance::{Exemption, GovernanceConstraints, Policy};
use baton_repo::{Date, File};
use baton_source::Severity;
use baton_syntax::node::{Node, Value};
use serde::Deserialize;

use crate::Ctx;
use crate::support::iac_project::project;
use crate::support::iac_subject::Subject;
use crate::support::sku::project_of;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    resource: Vec<Resource>,
    property: Vec<Property>,
}

/// A kind of resource as policies call it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resource {
    name: String,
    arm: Vec<String>,
    azurerm: Vec<String>,
}

/// A property whose name in azurerm does not follow from that in ARM.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Property {
    arm: String,
    azurerm: String,
    #[serde(default)]
    only: Vec<String>,
    #[serde(default)]
    values: std::collections::BTreeMap<String, String>,
    /// Whether `true` means any number above zero there.
    #[serde(default)]
    positive: bool,
}

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let text = include_str!("../../../../rules/governance/properties.toml");
        toml::from_str(text).unwrap_or_default()
    });
    &TABLE
}

/// A property that a policy is about.
pub(crate) struct Target {
    pub(crate) path: Vec<String>,
    translation: Option<&'static Property>,
}

/// Whether policies can name a type: such types take tags, too.
pub(crate) fn is_known(dialect: Language, kind: &str) -> bool {
    table().resource.iter().any(|one| one.covers(dialect, kind))
}

impl Resource {
    fn covers(&self, dialect: Language, kind: &str) -> bool {
        match dialect {
            Language::Terraform => self.azurerm.iter().any(|name| name == kind),
            _ => self.arm.iter().any(|name| name.eq_ignore_ascii_case(kind)),
        }
    }
}

/// The constraints of the project that a file of code belongs to.
pub(crate) fn constraints_of<'r>(
    ctx: &Ctx<'r>,
    file: &File,
) -> Option<(&'r File, &'r GovernanceConstraints)> {
    let project = project(file)?;
    let mut files = ctx.repo.of_kind("governance-json");
    let found = files.find(|file| project_of(file.path.parent()) == project)?;
    Some((found, ctx.repo.constraints(found)?))
}

/// The property of a resource that a policy is about; `None` if it is about none of it.
pub(crate) fn target(policy: &Policy, subject: &Subject<'_>) -> Option<Target> {
    let path = &policy.property.as_ref()?.value;
    let (name, rest) = path.split_once('.')?;
    let resource = table().resource.iter().find(|one| one.name == name)?;
    if !resource.covers(subject.dialect, &subject.kind) {
        return None;
    }
    if subject.dialect != Language::Terraform {
        return Some(Target {
            path: rest.split('.').map(str::to_owned).collect(),
            translation: None,
        });
    }
    let last = rest.rsplit('.').next().unwrap_or(rest);
    let fits = |one: &&Property| {
        one.arm == last && (one.only.is_empty() || one.only.iter().any(|only| only == name))
    };
    let translation = table().property.iter().find(fits)?;
    Some(Target {
        path: vec![translation.azurerm.clone()],
        translation: Some(translation),
    })
}

/// How much it matters that a policy is not met; `None` if it has no say.
pub(crate) fn severity(ctx: &Ctx<'_>, policy: &Policy) -> Option<Severity> {
    let is_exempt = policy
        .exemption
        .as_ref()
        .is_some_and(|it| !is_over(ctx, it));
    if is_exempt {
        return None;
    }
    match policy.effect.as_ref()?.value.to_lowercase().as_str() {
        "deny" => Some(Severity::Error),
        "audit" | "auditifnotexists" => Some(Severity::Warning),
        _ => None,
    }
}

/// Whether the last day of an exemption is past.
pub(crate) fn is_over(ctx: &Ctx<'_>, exemption: &Exemption) -> bool {
    let expiry = exemption.expiry.as_ref();
    let expiry = expiry.and_then(|text| text.value.parse::<Date>().ok());
    expiry.is_some_and(|expiry| expiry < ctx.today)
}

impl Target {
    /// Whether a value is what a policy demands; `None` where that cannot be told.
    pub(crate) fn is_met(&self, required: &Node, candidate: &Candidate) -> Option<bool> {
        let value = candidate.value.as_text().filter(|text| !text.is_empty())?;
        let wanted: Vec<&Node> = match &required.value {
            Value::Sequence(items) => items.iter().collect(),
            _ => vec![required],
        };
        let texts: Vec<String> = wanted.iter().filter_map(|node| text_of(node)).collect();
        if texts.is_empty() {
            return None;
        }
        if self.translation.is_some_and(|one| one.positive) {
            let number = value.parse::<f64>().ok()?;
            let is_wanted = texts.iter().any(|text| text == "true");
            return Some(!is_wanted || number > 0.0);
        }
        Some(texts.iter().any(|text| self.is(text, value)))
    }

    fn is(&self, wanted: &str, value: &str) -> bool {
        let values = self.translation.map(|one| &one.values);
        let wanted = values
            .and_then(|values| values.get(&wanted.to_lowercase()))
            .map_or(wanted, String::as_str);
        let is_version = self.path.last().is_some_and(|name| {
            let name = name.to_lowercase().replace('_', "");
            name.contains("tlsversion")
        });
        wanted.eq_ignore_ascii_case(value)
            || is_version && digits(value).is_some_and(|have| Some(have) >= digits(wanted))
    }
}

fn digits(text: &str) -> Option<u32> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn text_of(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) | Value::Number(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// The name of a region as code writes it.
pub(crate) fn region(value: &Known) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_lowercase().replace(' ', ""))
}
