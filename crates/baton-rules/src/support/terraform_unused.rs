//! Variables, local values, data sources and configurations of providers that nothing mentions.

use std::collections::BTreeSet;

use baton_iac::terraform::{Body, Reference};
use baton_repo::terraform_module::{Declaration, DeclaredBy};

use super::terraform::Judged;

/// Judges the declarations of a module.
pub(crate) fn judge(judged: &mut Judged<'_, '_>) {
    let module = judged.module;
    // What was too large to be looked into may mention anything.
    let has_gaps = module.files.iter().any(|it| {
        let iac = it.file.iac();
        iac.is_some_and(|iac| !iac.template.gaps.is_empty())
    });
    if !module.is_whole || has_gaps {
        return;
    }
    let mut used = BTreeSet::new();
    for (_, block) in module.blocks() {
        mentioned(&block.body, &mut used);
    }
    for (address, all) in &module.declared {
        let Some((kind, name)) = kind(address) else {
            continue;
        };
        let [one] = all.as_slice() else {
            continue;
        };
        let needle = address.strip_prefix("provider.").unwrap_or(address);
        let in_json = || module.json().any(|file| file.text().contains(needle));
        if used.contains(needle) || asserts(one) || in_json() {
            continue;
        }
        if matches!(one.by, DeclaredBy::Json) {
            continue;
        }
        let message = format!("{kind} `{name}` is declared and never used");
        judged
            .add(
                "unused-terraform-declaration",
                (one.file, one.span),
                message,
            )
            .help("Remove it, or use it.");
    }
}

/// What a declaration is, and its name as a reference has it.
fn kind(address: &str) -> Option<(&'static str, &str)> {
    let (first, rest) = address.split_once('.')?;
    Some(match first {
        "var" => ("variable", rest),
        "local" => ("local value", rest),
        "data" => ("data source", rest),
        "provider" if rest.contains('.') => ("provider configuration", rest),
        _ => return None,
    })
}

/// Whether a data source is there for its conditions.
fn asserts(declaration: &Declaration<'_>) -> bool {
    match declaration.by {
        DeclaredBy::Block(block) => block.body.blocks_of("lifecycle").next().is_some(),
        DeclaredBy::Argument(_) | DeclaredBy::Json => false,
    }
}

fn mentioned(body: &Body, used: &mut BTreeSet<String>) {
    for attribute in &body.attributes {
        for reference in &attribute.references {
            used.extend(address(reference));
        }
    }
    for block in &body.blocks {
        mentioned(&block.body, used);
    }
}

fn address(reference: &Reference) -> Option<String> {
    let root = &reference.root;
    Some(match root.as_str() {
        "data" => format!("data.{}.{}", reference.name(0)?, reference.name(1)?),
        _ => format!("{root}.{}", reference.name(0)?),
    })
}
