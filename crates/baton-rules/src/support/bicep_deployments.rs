//! Deployments that Bicep files declare as resources.

use baton_iac::bicep::{Declaration, Expr, ExprKind, Object, Property, Resource};

use crate::support::bicep::{Lint, property_at};

/// The type of a nested deployment.
pub(crate) const DEPLOYMENTS: &str = "Microsoft.Resources/deployments";

/// A nested deployment with a template in it.
pub(crate) struct Deployment<'a> {
    pub(crate) declaration: &'a Declaration,
    pub(crate) resource: &'a Resource,
    pub(crate) template: &'a Expr,
    /// Whether the template is evaluated on its own.
    pub(crate) inner: bool,
}

/// The nested deployments of a file.
pub(crate) fn deployments<'a>(lint: &Lint<'a>) -> Vec<Deployment<'a>> {
    let resources = lint.resources().into_iter();
    let found = resources.filter_map(|(at, declaration, resource)| {
        let kind = lint.resource_type(at)?;
        if !kind.eq_ignore_ascii_case(DEPLOYMENTS) {
            return None;
        }
        let properties = resource.body.object()?.get("properties")?;
        let ExprKind::Object(properties) = &properties.value.kind else {
            return None;
        };
        Some(Deployment {
            declaration,
            resource,
            template: &properties.get("template")?.value,
            inner: scope(properties)
                .and_then(|it| lint.names.literal(&it.value))
                .is_some_and(|it| it.eq_ignore_ascii_case("inner")),
        })
    });
    found.collect()
}

fn scope(properties: &Object) -> Option<&Property> {
    property_at(properties, &["expressionEvaluationOptions", "scope"])
}

/// Whether the file makes templates with symbolic names, in which inner evaluation is the rule.
///
/// Extensions, types of one's own, tests of null and other newer things make Bicep do so; which do,
/// changes between its versions. `None` when it cannot be told.
pub(crate) fn has_symbolic_names(lint: &Lint<'_>) -> Option<bool> {
    use baton_iac::bicep::DeclarationKind;
    let declarations = &lint.tree.declarations;
    let mut surely = declarations.iter();
    let surely = surely.any(|it| {
        matches!(
            it.kind,
            DeclarationKind::Type(_)
                | DeclarationKind::Func(_)
                | DeclarationKind::Import(_)
                | DeclarationKind::Extension(_)
                | DeclarationKind::Assert(_)
        )
    });
    let plain = declarations.iter().all(|it| match &it.kind {
        DeclarationKind::Param(it) => it
            .ty
            .as_ref()
            .is_some_and(|ty| matches!(&ty.kind, baton_iac::bicep::TypeKind::Name(_))),
        _ => true,
    });
    match (surely, plain) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    }
}
