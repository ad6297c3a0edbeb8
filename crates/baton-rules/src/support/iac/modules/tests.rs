//! The tables hold together, and properties are found through them.

use std::collections::BTreeSet;

use baton_iac::evaluate::Known;
use baton_iac::model::Language;

use super::tables::Tables;
use super::version::version;
use super::{Given, Mapped, Module, Otherwise, module, tables, version_of};

fn all() -> Vec<(&'static str, Module)> {
    let mut all = Vec::new();
    for (name, text) in tables::BICEP.iter().chain(tables::TERRAFORM) {
        let modules = tables::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        all.extend(modules.into_iter().map(|module| (*name, module)));
    }
    all
}

#[test]
fn every_table_is_read_and_no_module_stands_twice() {
    let mut seen = BTreeSet::new();
    for (name, module) in all() {
        let language = name.split('/').next();
        let key = (language, module.source.clone());
        assert!(seen.insert(key), "{name}: {}", module.source);
        let texts = match language {
            Some("bicep") => tables::BICEP,
            _ => tables::TERRAFORM,
        };
        let found = Tables::of(texts).module(&module.source).is_some();
        assert!(found, "{name}: {} is not found", module.source);
    }
}

#[test]
fn every_row_says_one_thing_once() {
    for (name, module) in all() {
        for resource in &module.resources {
            let mut seen = Vec::new();
            for row in &resource.properties {
                let place = format!("{name}: {} {} {}", module.source, resource.kind, row.path);
                let since = row.since.as_deref();
                assert!(since.is_none_or(|text| version(text).is_some()), "{place}");
                let key = (row.path.to_ascii_lowercase(), row.since(), row.when.clone());
                assert!(!seen.contains(&key), "{place} stands twice");
                seen.push(key);
                let is_passed = row.parameter.is_some();
                assert!(is_passed || row.default.is_none(), "{place}");
                assert!(is_passed || row.values.is_empty(), "{place}");
                assert!(!is_passed || row.value.is_none(), "{place}");
                assert!(
                    !(row.absent && (row.default.is_some() || row.value.is_some())),
                    "{place}"
                );
                let is_item = row
                    .parameter
                    .as_deref()
                    .is_some_and(|path| path.starts_with("each/"));
                assert!(!is_item || resource.each.is_some(), "{place}");
            }
        }
    }
}

#[test]
fn paths_are_named_as_the_type_of_the_resource_names_them() {
    let of_arm = [
        "location",
        "tags",
        "sku",
        "kind",
        "identity",
        "zones",
        "properties",
    ];
    for (name, module) in all() {
        for resource in &module.resources {
            let bounds = [&resource.since, &resource.until].map(|bound| {
                let bound = bound.as_deref();
                bound.map(|text| version(text).unwrap_or_else(|| panic!("{name}: {text}")))
            });
            if let [Some(since), Some(until)] = bounds {
                assert!(since < until, "{name}: {} {}", module.source, resource.kind);
            }
            for row in &resource.properties {
                let first = row.segments().next().unwrap_or_default();
                let is_named = match resource.dialect() {
                    Language::Terraform => !first.contains(char::is_uppercase),
                    Language::Bicep | Language::Arm => of_arm.contains(&first),
                };
                assert!(
                    is_named,
                    "{name}: {} {} {}",
                    module.source, resource.kind, row.path
                );
            }
        }
    }
}

fn storage(path: &[&'static str], arguments: &'static [(&str, Given)]) -> Mapped<'static> {
    let source = "br/public:avm/res/storage/storage-account:0.20.0";
    let Some(module) = module(Language::Bicep, source) else {
        panic!("{source}")
    };
    let given = |path: &[&str]| {
        let path = path.join("/");
        let hit = arguments.iter().find(|(name, _)| *name == path);
        hit.map_or(Given::Nothing, |(_, given)| given.clone())
    };
    let account = module.resources.first();
    account.map_or(Mapped::Unmapped, |account| {
        account.property(path, version_of(Language::Bicep, source, None), &given)
    })
}

fn otherwise(mapped: Mapped<'_>) -> Option<Otherwise> {
    match mapped {
        Mapped::Parameter { otherwise, .. } => Some(otherwise),
        _ => None,
    }
}

#[test]
fn the_default_depends_on_other_arguments() {
    let text = |text: &str| Otherwise::Default(Known::String(text.to_owned()));
    let path = ["properties", "publicNetworkAccess"];
    assert_eq!(otherwise(storage(&path, &[])), Some(Otherwise::Absent));
    let private = &[("privateEndpoints", Given::Something)];
    assert_eq!(otherwise(storage(&path, private)), Some(text("Disabled")));
    let open = &[("privateEndpoints", Given::Unknown)];
    assert_eq!(otherwise(storage(&path, open)), Some(Otherwise::Unknown));
}

#[test]
fn the_default_of_an_object_says_nothing_of_one_that_is_given() {
    let path = ["properties", "networkAcls", "bypass"];
    let own = Known::String("AzureServices".to_owned());
    assert_eq!(storage(&path, &[]), Mapped::Fixed(own));
    let given = &[("networkAcls", Given::Something)];
    assert_eq!(otherwise(storage(&path, given)), Some(Otherwise::Absent));
}

#[test]
fn sources_are_recognised() {
    for source in [
        "br/public:avm/res/storage/storage-account:0.9.0",
        "br:mcr.microsoft.com/bicep/avm/res/storage/storage-account:0.9.0",
        "br/avm:storage/storage-account:0.9.0",
        "br/AvmModules:res/storage/storage-account:0.9.0",
    ] {
        assert!(module(Language::Bicep, source).is_some(), "{source}");
        assert_eq!(version_of(Language::Bicep, source, None), Some("0.9.0"));
    }
    for source in [
        "Azure/avm-res-storage-storageaccount/azurerm",
        "registry.terraform.io/Azure/avm-res-storage-storageaccount/azurerm",
        "git::https://github.com/Azure/terraform-azurerm-avm-res-storage-storageaccount.git?ref=v0.5.0",
        "github.com/Azure/terraform-azurerm-avm-res-storage-storageaccount",
    ] {
        assert!(module(Language::Terraform, source).is_some(), "{source}");
    }
    for source in [
        "./modules/storage",
        "br/shared:storage/storage-account:0.9.0",
        "ts/x:y:z",
    ] {
        assert!(module(Language::Bicep, source).is_none(), "{source}");
    }
    let below = "Azure/avm-res-storage-storageaccount/azurerm//modules/blob";
    assert!(module(Language::Terraform, below).is_none());
}
