//! Whether infrastructure is for production.

use baton_iac::evaluate::{Origin, Scope as _, lookup};
use baton_iac::model::{Expr, ExprKind, Language};
use baton_iac::program::Instance;
use baton_source::Span;

use super::iac_project::project;
use super::sku::project_of;
use crate::Ctx;

/// What infrastructure is for. What nothing tells is for production.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Environment {
    Production,
    Other,
}

/// Names of environments that are not production.
const OTHERS: &[&str] = &[
    "dev",
    "develop",
    "development",
    "test",
    "testing",
    "tst",
    "qa",
    "uat",
    "int",
    "integration",
    "stage",
    "staging",
    "stg",
    "sandbox",
    "sbx",
    "demo",
    "preview",
    "nonprod",
    "non-prod",
    "poc",
    "lab",
    "local",
];

const PRODUCTION: &[&str] = &["prod", "production", "prd", "live"];

/// Parameters that name the environment.
const PARAMETERS: &[&str] = &[
    "environment",
    "env",
    "environmentName",
    "environment_name",
    "envName",
    "env_name",
    "environmentType",
    "environment_type",
];

/// What the template at the beginning of the calls that lead to this use is for: as the folders it
/// is in say, or the files that give values to its parameters, or the project's manifest.
pub(crate) fn environment(ctx: &Ctx<'_>, instance: &Instance<'_>) -> Environment {
    let mut root = instance;
    while let Some(call) = &root.call {
        root = &call.caller;
    }
    let by_path = by_path(ctx, root);
    by_path
        .or_else(|| by_parameter(ctx, root))
        .or_else(|| by_manifest(ctx, root))
        .unwrap_or(Environment::Production)
}

fn named(ctx: &Ctx<'_>, word: &str) -> Option<Environment> {
    let is = |known: &str| known.eq_ignore_ascii_case(word);
    let configured = ctx.settings.iac.other_environments.iter();
    if PRODUCTION.iter().any(|known| is(known)) {
        Some(Environment::Production)
    } else if OTHERS.iter().any(|known| is(known)) || configured.clone().any(|known| is(known)) {
        Some(Environment::Other)
    } else {
        None
    }
}

/// The innermost folder, or a part of the file's name, that names an environment.
fn by_path(ctx: &Ctx<'_>, root: &Instance<'_>) -> Option<Environment> {
    let path = root.module.units.first()?.path;
    let name = path.name().split('.');
    let folders = path.parent().split('/').rev();
    // A Terraform module is its folder, not one of its files.
    let name = name.filter(|_| root.language() == Language::Bicep);
    name.chain(folders).find_map(|word| named(ctx, word))
}

/// What the manifest of the project's environments says, if production is not among them.
fn by_manifest(ctx: &Ctx<'_>, root: &Instance<'_>) -> Option<Environment> {
    let unit = root.module.units.first()?;
    let project = project(ctx.repo.by_id(unit.file)?)?;
    let mut manifests = ctx.repo.of_kind("environment-manifest");
    let manifest = manifests.find(|file| project_of(file.path.parent()) == project)?;
    let environments = &ctx.repo.environment_manifest(manifest)?.environments;
    let mut said = environments.iter().map(|one| named(ctx, &one.name.value));
    let all_other = said.all(|one| one == Some(Environment::Other));
    (all_other && !environments.is_empty()).then_some(Environment::Other)
}

/// What every file with values for the parameters says, if all say so.
fn by_parameter(ctx: &Ctx<'_>, root: &Instance<'_>) -> Option<Environment> {
    let said = |name: &&str| {
        let address = match root.language() {
            Language::Terraform => format!("var.{name}"),
            Language::Bicep => (*name).to_owned(),
            Language::Arm => format!("parameters('{name}')"),
        };
        root.resolve(&address)?;
        let reference = Expr::new(
            Span::default(),
            ExprKind::Reference {
                root: address,
                path: Vec::new(),
            },
        );
        let values = lookup(root, &reference, &[]);
        let given = values.candidates.iter().map(|candidate| {
            let outermost = candidate.via.first()?;
            let text = candidate.value.as_str()?;
            (outermost.origin == Origin::Assignment).then(|| named(ctx, text))?
        });
        let given: Option<Vec<Environment>> = given.collect();
        let given = given.filter(|given| !given.is_empty() && !values.unknown && !values.absent)?;
        Some(if given.contains(&Environment::Production) {
            Environment::Production
        } else {
            Environment::Other
        })
    };
    PARAMETERS.iter().find_map(said)
}
