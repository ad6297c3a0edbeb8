//! Versions of modules in the lines of a plan.
//!
//! A plan is prose with tables, lists of tasks and pieces of code; what counts is a module and
//! its version in one line, and the modules of Terraform in a block of code.

use std::sync::LazyLock;

use baton_iac::model::Language;
use baton_iac::terraform;
use baton_source::Span;
use regex::{Captures, Match, Regex};

use crate::File;
use crate::support::avm::{Pin, Pinned, Place, of_terraform};

/// A module for Bicep, with or without its registry, and its version.
static BICEP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern =
        r"(?i)\b(avm/(?:res|ptn|utl)(?:/[a-z0-9-]+){2,}):(\d+\.\d+\.\d+(?:-[a-z0-9.]*[a-z0-9])?)";
    Regex::new(pattern).ok()
});

/// A module for Terraform, and the rest of its line.
static TERRAFORM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(Azure/avm-(?:res|ptn|utl)-[a-z0-9-]+/azurerm)\b([^\r\n]*)").ok()
});

/// A version, with what makes it a range before it.
static VERSION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"([~<>!]=?\s*|\.|\d)?\b(\d+\.\d+\.\d+(?:-[A-Za-z0-9.]*[A-Za-z0-9])?)\b(\.\d)?").ok()
});

/// Every module of a plan.
pub(crate) fn pins<'r>(file: &File) -> Vec<Pin<'r>> {
    let text = file.text();
    let bicep = BICEP.as_ref().into_iter();
    let mut pins: Vec<Pin<'r>> = bicep
        .flat_map(|pattern| pattern.captures_iter(text))
        .filter_map(|found| bicep_pin(&found))
        .collect();
    let terraform = TERRAFORM.as_ref().into_iter();
    let lines = terraform.flat_map(|pattern| pattern.captures_iter(text));
    pins.extend(lines.filter_map(|found| terraform_pin(&found)));
    if text.contains("Azure/avm-") {
        pins.extend(fenced(file));
    }
    pins.sort_by_key(|pin| pin.span);
    pins
}

fn bicep_pin<'r>(found: &Captures<'_>) -> Option<Pin<'r>> {
    let (module, version) = (found.get(1)?, found.get(2)?);
    Some(Pin {
        place: Place::Plan,
        language: Language::Bicep,
        source: format!("br/public:{}", module.as_str().to_ascii_lowercase()),
        span: span(module.start(), module.end()),
        version: Some(pinned(version, 0)),
        policy: None,
    })
}

/// A module in whose line stands one version, and no range.
fn terraform_pin<'r>(found: &Captures<'_>) -> Option<Pin<'r>> {
    let (module, rest) = (found.get(1)?, found.get(2)?);
    let next = rest.as_str().find("Azure/avm-");
    let rest_text = rest.as_str().get(..next.unwrap_or(rest.len()))?;
    let mut versions = VERSION.as_ref()?.captures_iter(rest_text);
    let only = versions.next()?;
    if versions.next().is_some() || only.get(1).is_some() || only.get(3).is_some() {
        return None;
    }
    Some(Pin {
        place: Place::Plan,
        language: Language::Terraform,
        source: module.as_str().to_owned(),
        span: span(module.start(), module.end()),
        version: Some(pinned(only.get(2)?, rest.start())),
        policy: None,
    })
}

/// The modules in blocks of Terraform that give source and version in lines of their own.
fn fenced<'r>(file: &File) -> Vec<Pin<'r>> {
    let is_terraform = |info: &str| {
        let word = info.split_whitespace().next().unwrap_or_default();
        ["hcl", "terraform", "tf"].contains(&word)
    };
    let mut pins = Vec::new();
    for fence in &file.markdown().fences {
        let code = fence.content.of(file.text());
        if !is_terraform(&fence.info) || !code.contains("Azure/avm-") {
            continue;
        }
        let (template, _) = terraform::parse(code);
        let calls = template.modules.iter();
        let start = fence.content.start as usize;
        for mut pin in calls.filter_map(|call| of_terraform(code, call)) {
            pin.place = Place::Plan;
            pin.span = pin.span.shifted(start);
            if let Some(version) = &mut pin.version {
                version.span = version.span.shifted(start);
                pins.push(pin);
            }
        }
    }
    pins
}

fn pinned(version: Match<'_>, offset: usize) -> Pinned {
    Pinned {
        text: version.as_str().to_owned(),
        exact: Some(version.as_str().to_owned()),
        span: span(offset + version.start(), offset + version.end()),
    }
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use baton_repo::{Memory, Options, Repo};

    use super::pins;

    fn read(text: &str) -> Vec<String> {
        let repo = Repo::open(
            Arc::new(Memory::new([("plan.md", text)])),
            &Options::default(),
        );
        let repo = repo.unwrap();
        let pins = pins(repo.file("plan.md").unwrap());
        let told = pins.iter().map(|pin| {
            let version = pin.version.as_ref().unwrap();
            assert_eq!(version.span.of(text), version.text);
            format!("{} {}", pin.source, version.text)
        });
        told.collect()
    }

    #[test]
    fn modules_stand_in_lines_tables_and_code() {
        let bicep = "br/public:avm/res/key-vault/vault 0.9.0";
        for text in [
            "avm: avm/res/key-vault/vault:0.9.0\n",
            "| Vault | `avm/res/key-vault/vault:0.9.0` |\n",
            "```bicep\nmodule a 'br/public:avm/res/key-vault/vault:0.9.0' = {}\n```\n",
            "Take avm/res/key-vault/vault:0.9.0.\n",
        ] {
            assert_eq!(read(text), [bicep], "{text}");
        }
        let terraform = "Azure/avm-res-keyvault-vault/azurerm 0.9.1";
        for text in [
            "| Vault | `Azure/avm-res-keyvault-vault/azurerm` | 0.9.1 |\n",
            "- Azure/avm-res-keyvault-vault/azurerm@0.9.1\n",
            "```hcl\nmodule \"kv\" {\n  source  = \"Azure/avm-res-keyvault-vault/azurerm\"\n  version = \"0.9.1\"\n}\n```\n",
        ] {
            assert_eq!(read(text), [terraform], "{text}");
        }
        for text in [
            "xavm/res/key-vault/vault:0.9.0\n",
            "avm/res/key-vault/vault\n",
            "Azure/avm-res-keyvault-vault/azurerm ~> 0.9.1\n",
            "Azure/avm-res-keyvault-vault/azurerm 0.9.1, not 0.9.0\n",
            "Azure/avm-res-keyvault-vault/azurerm at 10.0.0.0/16\n",
        ] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
