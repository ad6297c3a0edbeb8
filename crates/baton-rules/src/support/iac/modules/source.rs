//! The name of a module, and its version, in what a call writes.

use baton_iac::model::Language;

/// `group/name` of `br/public:avm/res/group/name:1.2.3` and of the other ways to write it.
pub(super) fn bicep_name(source: &str) -> Option<String> {
    let reference = source.strip_prefix("br")?;
    let (registry, path) = reference.split_once(':')?;
    let path = path.rsplit_once(':').map_or(path, |(path, _)| path);
    let lower = path.to_ascii_lowercase();
    if let Some(at) = lower.find("avm/res/") {
        return lower.get(at + "avm/res/".len()..).map(str::to_owned);
    }
    // An alias may hold the first segments of the path.
    let alias = registry.strip_prefix('/')?.to_ascii_lowercase();
    let rest = lower.strip_prefix("res/").unwrap_or(&lower);
    alias.contains("avm").then(|| rest.to_owned())
}

/// `service-name` of `Azure/avm-res-service-name/azurerm` and of the module's repository.
pub(super) fn terraform_name(source: &str) -> Option<String> {
    let lower = source.to_ascii_lowercase();
    let address = lower.split('?').next()?;
    let registry = address
        .strip_prefix("registry.terraform.io/")
        .or_else(|| address.strip_prefix("registry.opentofu.org/"))
        .unwrap_or(address);
    if let Some(rest) = registry.strip_prefix("azure/avm-res-") {
        return rest.strip_suffix("/azurerm").map(str::to_owned);
    }
    let (_, rest) = address.split_once("azure/terraform-azurerm-avm-res-")?;
    let name = rest.strip_suffix(".git").unwrap_or(rest);
    (!name.contains('/')).then(|| name.to_owned())
}

/// The version that a call names: in its source, or apart from it.
pub(crate) fn version_of<'c>(
    language: Language,
    source: &'c str,
    version: Option<&'c str>,
) -> Option<&'c str> {
    match language {
        Language::Bicep => {
            let (path, tag) = source.rsplit_once(':')?;
            path.contains(':').then_some(tag)
        }
        Language::Terraform => version.or_else(|| {
            let (_, query) = source.split_once('?')?;
            let mut pairs = query.split('&');
            pairs.find_map(|pair| pair.strip_prefix("ref="))
        }),
        Language::Arm => None,
    }
}
