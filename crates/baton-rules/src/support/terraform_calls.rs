//! Calls of modules that are in the repository: folder, arguments, providers.

use baton_iac::model::ExprKind;
use baton_iac::terraform::Block;
use baton_iac::terraform::constraint::misfits;
use baton_repo::terraform_module::Called;
use baton_repo::{File, TerraformModule};
use baton_source::{Spanned as _, nearest};

use super::terraform::Judged;
use super::terraform_members::{shown, variable_type};

const FOLDER: &str = "missing-module-folder";
const UNKNOWN: &str = "unknown-module-argument";
const MISSING: &str = "missing-module-argument";

/// What a call says about itself and hands to no variable.
const META: [&str; 7] = [
    "source",
    "version",
    "count",
    "for_each",
    "depends_on",
    "providers",
    "ignore_nested_deprecations",
];

/// Judges the calls of a module.
pub(crate) fn judge(judged: &mut Judged<'_, '_>) {
    let module = judged.module;
    let calls: Vec<_> = module.blocks_of("module").collect();
    for (file, call) in calls {
        let Some(name) = call.label(0) else {
            continue;
        };
        let address = format!("module.{name}");
        let all = module.declarations(&address);
        if all.len() == 1 && !module.is_in_json(&address) {
            one(judged, file, call);
        }
    }
}

fn one<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, call: &'r Block) {
    let Some(source) = call.body.attribute("source") else {
        return;
    };
    let Some(text) = source.value.as_str() else {
        return;
    };
    let at = (file, source.value.span);
    let folder = judged.module.folder;
    let called = judged.repo.terraform_call(folder, text);
    if let (false, Some(version)) = (called == Called::Elsewhere, call.body.attribute("version")) {
        let message = "`version` is for modules of a registry, and this one is a folder".to_owned();
        judged
            .add(UNKNOWN, (file, version.span()), message)
            .help("Remove it.");
    }
    match called {
        Called::Elsewhere => {}
        Called::Missing(path) => {
            let message = format!("there is no folder `{}`", shown(&path));
            let folders = judged.repo.terraform_folders();
            let meant = nearest(&path, folders.keys().map(String::as_str));
            let meant = meant.map(str::to_owned);
            judged.add(FOLDER, at, message).meant(meant.as_deref());
        }
        Called::Empty(path) => {
            let message = format!("folder `{}` holds no Terraform files", shown(&path));
            // Terraform takes such a folder for a module that does nothing.
            judged.add(FOLDER, at, message).mild(true);
        }
        Called::Folder(target) => {
            let Some(callee) = judged.other(&target) else {
                return;
            };
            if !callee.has_code() {
                let message = format!("folder `{}` holds no Terraform files", shown(&target));
                judged.add(FOLDER, at, message).mild(true);
            } else if callee.is_whole {
                arguments(judged, (file, call), &callee);
            }
        }
    }
}

fn arguments<'r>(
    judged: &mut Judged<'_, 'r>,
    (file, call): (&'r File, &'r Block),
    callee: &TerraformModule<'r>,
) {
    let name = call.label(0).unwrap_or("");
    let variables = || {
        callee
            .declared
            .keys()
            .filter_map(|it| it.strip_prefix("var."))
    };
    for attribute in &call.body.attributes {
        if META.contains(&attribute.name.as_str()) {
            continue;
        }
        let address = format!("var.{}", attribute.name);
        if callee.declarations(&address).is_empty() {
            let message = format!("module `{name}` has no variable `{}`", attribute.name);
            judged
                .add(UNKNOWN, (file, attribute.span()), message)
                .meant(nearest(&attribute.name, variables()));
            continue;
        }
        let Some(kind) = variable_type(callee, &address) else {
            continue;
        };
        for misfit in misfits(&attribute.value, &kind) {
            let message = format!("argument `{}`: {}", attribute.name, misfit.message);
            let problem = judged.add("mistyped-terraform-value", (file, misfit.span), message);
            if let Some((file, block)) = callee.declaring(&address).next() {
                problem.label(file, block.span, "the variable is declared here");
            }
        }
    }
    let passes = ["_", "lifecycle", "locals", "provider"];
    for block in &call.body.blocks {
        if passes.contains(&block.kind.as_str()) {
            continue;
        }
        let message = format!("module `{name}` has no block `{}`", block.kind);
        let problem = judged.add(UNKNOWN, (file, block.kind_span), message);
        if variables().any(|it| it == block.kind) {
            problem.help("Write it as an argument, with `=`.");
        }
    }
    let missing: Vec<&str> = variables()
        .filter(|variable| {
            let given = call.body.attribute(variable).is_some();
            let block = call.body.blocks_of(variable).next().is_some();
            !given && !block && is_required(callee, variable)
        })
        .collect();
    for variable in missing {
        let message = format!("module `{name}` needs argument `{variable}`");
        let problem = judged.add(MISSING, (file, call.span), message);
        if let Some((file, block)) = callee.declaring(&format!("var.{variable}")).next() {
            problem.label(file, block.span, "the variable has no default");
        }
    }
}

fn is_required(callee: &TerraformModule<'_>, variable: &str) -> bool {
    let address = format!("var.{variable}");
    !callee.is_in_json(&address) && callee.argument(&address, "default").is_none()
}

/// The alias in a reference to a provider's configuration: `azurerm.hub`.
pub(crate) fn configuration(value: &baton_iac::model::Expr) -> Option<(&str, &str)> {
    match &value.kind {
        ExprKind::Reference { root, .. } => root.split_once('.'),
        _ => None,
    }
}
