//! Manifests of SKUs and infrastructure code say the same.

use std::collections::BTreeSet;

use baton_source::{Severity, nearest};

use crate::support::iac_project::{foreign_calls, project, projects};
use crate::support::iac_skus::{Size, call_sizes, sizes};
use crate::support::iac_subject::Told;
use crate::support::sku::{of_project, project_of};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    match slug {
        "unknown-iac-name" => names(ctx, file, out),
        _ => undeclared(ctx, file, out),
    }
}

/// Every name that a manifest gives to a service is declared.
fn names(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(manifest) = ctx.repo.sku_manifest(file) else {
        return;
    };
    let project = project_of(file.path.parent());
    for (track, word) in [("bicep", "Bicep"), ("terraform", "Terraform")] {
        let tree = format!("infra/{track}/{project}/");
        let declared = declared(ctx, (track, &tree));
        let Some(declared) = declared else { continue };
        for service in &manifest.services {
            let name = match track {
                "bicep" => service.bicep.as_ref(),
                _ => service.terraform.as_ref(),
            };
            let Some(name) = name.filter(|name| !is_declared(&declared, &name.value)) else {
                continue;
            };
            let message = format!("no {word} in `{tree}` declares `{}`", name.value);
            let finding = out.report(file.at(name), message);
            match nearest(&name.value, declared.iter().map(String::as_str)) {
                Some(near) => finding.help(format!("Did you mean `{near}`?")),
                None => finding.help("Name a resource or module of the code, or write it."),
            };
        }
    }
}

/// The names that the files of a tree declare; `None` if there is no such tree.
fn declared(ctx: &Ctx<'_>, (track, tree): (&str, &str)) -> Option<BTreeSet<String>> {
    let files = ctx.repo.of_kind(track);
    let files: Vec<&File> = files
        .filter(|file| file.path.as_str().starts_with(tree))
        .collect();
    if files.is_empty() {
        return None;
    }
    let templates = files.iter().filter_map(|file| file.iac());
    let names = templates.flat_map(|iac| {
        let resources = iac.template.resources.iter().map(|one| one.address.clone());
        resources.chain(iac.template.modules.iter().map(|one| one.address.clone()))
    });
    Some(names.collect())
}

/// Terraform may go on behind a module, or name one of several.
fn is_declared(declared: &BTreeSet<String>, name: &str) -> bool {
    let bare = name.split('[').next().unwrap_or(name);
    let mut parts = bare.split('.');
    let outermost = match (parts.next(), parts.next()) {
        (Some("module"), Some(module)) => format!("module.{module}"),
        _ => bare.to_owned(),
    };
    declared.contains(bare) || declared.contains(&outermost)
}

/// Every size that code sets is one of the manifest's.
fn undeclared(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((manifest_file, manifest)) = project(file).and_then(|name| of_project(ctx, name))
    else {
        return;
    };
    let known: BTreeSet<&str> = manifest
        .sizes()
        .map(|(_, size)| size.value.as_str())
        .collect();
    let mut told = Told::default();
    let mut found = sizes(ctx, file);
    if let Some(iac) = file.iac() {
        for call in foreign_calls(&iac.template) {
            found.extend(call_sizes(ctx, file, call));
        }
    }
    for size in found {
        if size.names.iter().any(|name| known.contains(name.as_str())) {
            continue;
        }
        report(&size, &known, (file, manifest_file), (&mut told, &mut *out));
    }
}

fn report(
    size: &Size,
    known: &BTreeSet<&str>,
    (file, manifest): (&File, &File),
    (told, out): (&mut Told, &mut Findings),
) {
    let Some(name) = size.names.first() else {
        return;
    };
    let message = format!(
        "the manifest of SKUs does not know `{name}` of `{}`",
        size.of
    );
    // A call may be told as a call and as what it deploys.
    if !told.is_new(size.at, name) {
        return;
    }
    let finding = out.report(size.at.location(file.id), message);
    finding.label(manifest.whole(), "the manifest");
    let same = known.iter().find(|one| one.eq_ignore_ascii_case(name));
    let near = same
        .copied()
        .or_else(|| nearest(name, known.iter().copied()));
    match near {
        Some(near) => finding.help(format!("Did you mean `{near}`?")),
        None => finding.help("Add the size to the manifest, or set one of its sizes."),
    };
}

/// The rule about whole projects.
pub(super) fn without_manifest(ctx: &Ctx<'_>, out: &mut Findings) {
    for (name, files) in projects(ctx) {
        let Some(first) = files.first() else { continue };
        if of_project(ctx, name).is_some() || has_broken_manifest(ctx, name) {
            continue;
        }
        let mut skips = ctx.repo.of_kind("sku-manifest-skip");
        let skip = skips.find(|file| project_of(file.path.parent()) == name);
        let message = format!("the project `{name}` has no manifest of SKUs");
        if let Some(skip) = skip {
            out.report(skip.whole(), message)
                .severity(Severity::Info)
                .help("Remove this file once the project has one.");
            continue;
        }
        out.report(first.whole(), message).help(format!(
            "Write `agent-output/{name}/sku-manifest.json`, or put `.sku-manifest.skip` there if the project is older than such manifests."
        ));
    }
}

/// A manifest that nobody can read has its own finding.
fn has_broken_manifest(ctx: &Ctx<'_>, name: &str) -> bool {
    let mut files = ctx.repo.of_kind("sku-manifest");
    files.any(|file| project_of(file.path.parent()) == name)
}
