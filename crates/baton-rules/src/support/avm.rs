//! Versions of Azure Verified Modules, wherever they are written down.

use baton_iac::model::{ExprKind, Key, Language, ModuleCall};
use baton_repo::avm_index::{IndexedModule, Standing, Version};
use baton_repo::iac_contract::{Exception, PinPolicy};
use baton_repo::{AvmIndex, IacContract, Text};
use baton_source::{Severity, Span};

use crate::support::avm_plans;
use crate::{Ctx, File};

/// A module with the version somebody asked for.
#[derive(Debug)]
pub(crate) struct Pin<'r> {
    /// What kind of text it stands in.
    pub(crate) place: Place,
    /// The language of the module.
    pub(crate) language: Language,
    /// The module, as indexes call it.
    pub(crate) source: String,
    /// Where the module is named.
    pub(crate) span: Span,
    /// Its version.
    pub(crate) version: Option<Pinned>,
    /// What the contract says about the version.
    pub(crate) policy: Option<&'r PinPolicy>,
}

/// A version as it is written.
#[derive(Debug, Clone)]
pub(crate) struct Pinned {
    /// As it is written.
    pub(crate) text: String,
    /// The version it must be; `None` for a range.
    pub(crate) exact: Option<String>,
    /// Where it stands, without quotes.
    pub(crate) span: Span,
}

/// What kind of text a module is named in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Contract,
    Plan,
    Source,
}

/// An exact version in the light of the index.
pub(crate) struct Judged<'r> {
    pub(crate) pin: Pin<'r>,
    /// The version.
    pub(crate) version: String,
    /// Where it stands, without quotes.
    pub(crate) span: Span,
    /// What the index knows of the module.
    pub(crate) module: Option<&'r IndexedModule>,
}

impl Judged<'_> {
    /// What the index knows of the version.
    pub(crate) fn standing(&self) -> Option<Standing<'_>> {
        Some(self.module?.standing(&self.version))
    }
}

/// The index of modules, and all exact versions in a file.
pub(crate) fn judged<'r>(
    ctx: &'r Ctx<'_>,
    file: &'r File,
) -> Option<(&'r AvmIndex, Vec<Judged<'r>>)> {
    let index = ctx.repo.avm_index()?;
    let judged = pins(ctx, file).into_iter().filter_map(|pin| {
        let pinned = pin.version.clone()?;
        Some(Judged {
            module: index.module(pin.language, &pin.source),
            version: pinned.exact?,
            span: pinned.span,
            pin,
        })
    });
    Some((index, judged.collect()))
}

/// Every module of a contract, a plan or a source.
pub(crate) fn pins<'r>(ctx: &'r Ctx<'_>, file: &'r File) -> Vec<Pin<'r>> {
    if let Some(contract) = ctx.repo.iac_contract(file) {
        return of_contract(file, contract);
    }
    if ctx.repo.is_kind(file, "implementation-plan") {
        return avm_plans::pins(file);
    }
    let template = file.iac().map(|iac| &iac.template);
    let calls = template.into_iter().flat_map(|it| &it.modules);
    match template.map(|template| template.language) {
        Some(Language::Bicep) => calls.filter_map(|call| of_bicep(file, call)).collect(),
        Some(Language::Terraform) => calls
            .filter_map(|call| of_terraform(file.text(), call))
            .collect(),
        _ => Vec::new(),
    }
}

/// How much a finding at a module matters: what is agreed must be right, code is only told.
pub(crate) fn severity(place: Place) -> Severity {
    match place {
        Place::Contract | Place::Plan => Severity::Error,
        Place::Source => Severity::Warning,
    }
}

/// What a contract says about an older version: its own entry; for a plan, the contract beside
/// it; for code, any contract.
pub(crate) fn exception(ctx: &Ctx<'_>, file: &File, judged: &Judged<'_>) -> Exception {
    let pin = &judged.pin;
    let of = |policy: Option<&PinPolicy>| {
        policy.map_or(Exception::None, |policy| policy.exception(ctx.today))
    };
    if pin.place == Place::Contract {
        return of(pin.policy);
    }
    let is_near = |contract: &&IacContract| {
        let home = ctx.repo.by_id(contract.file).map(|home| home.path.parent());
        pin.place == Place::Source || home == Some(file.path.parent())
    };
    let contracts = ctx.repo.iac_contracts().iter().filter(is_near);
    let entries = contracts.flat_map(|contract| &contract.modules);
    let same = entries.filter(|entry| {
        let is = |text: &Option<Text>, wanted: &str| {
            text.as_ref().is_some_and(|text| text.value == wanted)
        };
        entry.language == pin.language
            && is(&entry.source, &pin.source)
            && is(&entry.version, &judged.version)
    });
    let said = same.map(|entry| of(entry.pin.as_ref()));
    let rank = |exception: &Exception| match exception {
        Exception::Stands => 2,
        Exception::Ended(_) | Exception::Incomplete(_) => 1,
        Exception::None => 0,
    };
    said.max_by_key(rank).unwrap_or(Exception::None)
}

fn of_contract<'r>(file: &File, contract: &'r IacContract) -> Vec<Pin<'r>> {
    let pins = contract.modules.iter().filter_map(|module| {
        let source = module.source.as_ref()?;
        Some(Pin {
            place: Place::Contract,
            language: module.language,
            source: source.value.clone(),
            span: source.span,
            version: module.version.as_ref().map(|version| {
                let inner = Span {
                    start: version.span.start + 1,
                    end: version.span.end.saturating_sub(1),
                };
                let as_written = inner.of(file.text()) == version.value;
                Pinned {
                    text: version.value.clone(),
                    exact: exact(&version.value),
                    span: if as_written { inner } else { version.span },
                }
            }),
            policy: module.pin.as_ref(),
        })
    });
    pins.collect()
}

/// A module of the public registry; those of the repository and of other registries have no
/// index.
fn of_bicep<'r>(file: &File, call: &ModuleCall) -> Option<Pin<'r>> {
    const REGISTRY: &str = "br:mcr.microsoft.com/bicep/";
    let (source, version) = call.source.rsplit_once(':')?;
    let source = match source.strip_prefix(REGISTRY) {
        Some(path) => format!("br/public:{path}"),
        None => source.to_owned(),
    };
    if !source.starts_with("br/public:avm/") {
        return None;
    }
    // The version ends the source, up to the quote.
    let end = call.source_span.end.checked_sub(1)?;
    let length = u32::try_from(version.len()).ok()?;
    let span = Span {
        start: end.checked_sub(length)?,
        end,
    };
    let is_written = span.of(file.text()) == version;
    is_written.then(|| Pin {
        place: Place::Source,
        language: Language::Bicep,
        source,
        span: call.source_span,
        version: Some(Pinned {
            text: version.to_owned(),
            exact: exact(version),
            span,
        }),
        policy: None,
    })
}

/// A verified module of Terraform's registry.
pub(crate) fn of_terraform<'r>(text: &str, call: &ModuleCall) -> Option<Pin<'r>> {
    let source = registry_address(&call.source)?;
    let (namespace, name) = source.split_once('/')?;
    if !namespace.eq_ignore_ascii_case("azure") || !name.starts_with("avm-") {
        return None;
    }
    let version = match version_argument(call) {
        Argument::Text(value, span) => {
            let inner = Span::new(
                span.start as usize + 1,
                (span.end as usize).saturating_sub(1),
            );
            let is_plain = inner.of(text) == value;
            Some(Pinned {
                exact: exact(value.trim().trim_start_matches('=').trim_start()),
                text: value,
                span: if is_plain { inner } else { span },
            })
        }
        Argument::Missing => None,
        Argument::Unknown => return None,
    };
    Some(Pin {
        place: Place::Source,
        language: Language::Terraform,
        source,
        span: call.source_span,
        version,
        policy: None,
    })
}

enum Argument {
    Text(String, Span),
    Missing,
    Unknown,
}

/// The `version` of a module itself, not of what is nested in it.
fn version_argument(call: &ModuleCall) -> Argument {
    let ExprKind::Object(properties) = &call.arguments.kind else {
        return Argument::Unknown;
    };
    let named = |key: &Key| matches!(key, Key::Name(name) if name == "version");
    match properties.iter().find(|it| named(&it.key)) {
        None => Argument::Missing,
        Some(property) => match &property.value.kind {
            ExprKind::String(text) => Argument::Text(text.clone(), property.value.span),
            _ => Argument::Unknown,
        },
    }
}

/// `namespace/name/provider` of an address in Terraform's public registry, without what names
/// the registry or a part of the module.
pub(crate) fn registry_address(source: &str) -> Option<String> {
    let source = source
        .strip_prefix("registry.terraform.io/")
        .unwrap_or(source);
    let address = source
        .split_once("//")
        .map_or(source, |(address, _)| address);
    let parts: Vec<&str> = address.split('/').collect();
    let is_part = |part: &&str| {
        let mut bytes = part.bytes();
        let is_name = bytes.all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        !part.is_empty() && is_name
    };
    (parts.len() == 3 && parts.iter().all(is_part)).then(|| address.to_owned())
}

fn exact(version: &str) -> Option<String> {
    Version::read(version).map(|_| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::registry_address;

    #[test]
    fn an_address_of_the_registry_has_three_parts() {
        let vault = Some("Azure/avm-res-keyvault-vault/azurerm");
        for source in [
            "Azure/avm-res-keyvault-vault/azurerm",
            "registry.terraform.io/Azure/avm-res-keyvault-vault/azurerm",
            "Azure/avm-res-keyvault-vault/azurerm//modules/key",
        ] {
            assert_eq!(registry_address(source).as_deref(), vault, "{source}");
        }
        for source in [
            "./vault",
            "git::https://example.com/v.git",
            "a/b",
            "../a/b",
            "a.b/c/d/e",
        ] {
            assert_eq!(registry_address(source), None, "{source}");
        }
    }
}
