//! Where resources of Bicep files are placed.

use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::{DeclarationKind, Expr, ExprKind, Module};

use crate::support::bicep::Lint;
use crate::support::bicep_calls::{Inside, expressions};
use crate::support::bicep_modules::{Callee, parameters_of};

/// The expressions in a part of a file that ask where the resource group or deployment is.
pub(crate) fn location_calls(inside: &impl Inside) -> Vec<(&Expr, String)> {
    let found = expressions(inside).into_iter();
    found
        .filter_map(|expr| {
            let ExprKind::Member { object, name, .. } = &expr.kind else {
                return None;
            };
            let function = match &object.kind {
                ExprKind::Call { name, .. } | ExprKind::MethodCall { name, .. } => &name.text,
                _ => return None,
            };
            let known = matches!(function.as_str(), "resourceGroup" | "deployment");
            (known && name.text == "location").then(|| (expr, format!("{function}().location")))
        })
        .collect()
}

/// What a module is given for its parameters that place resources and have a default.
pub(crate) fn location_parameters<'a>(
    lint: &Lint<'a>,
    module: &'a Module,
) -> Vec<(String, Option<&'a Expr>)> {
    let Some(Callee { file, parameters }) = parameters_of(lint, &module.source) else {
        return Vec::new();
    };
    let Some(callee) = Lint::of(lint.repo, file) else {
        return Vec::new();
    };
    let used = placing(&callee);
    let given = module.body.object().and_then(|it| it.get("params"));
    let given = given.and_then(|it| it.value.object());
    let placed = parameters.into_iter().filter(|it| {
        let asks = it.param.value.as_ref();
        let asks = asks.map(|value| !location_calls(value).is_empty());
        asks.is_some_and(|asks| asks || used.contains(&it.name))
    });
    placed
        .map(|it| {
            let value = given.and_then(|given| given.get(&it.name));
            (it.name, value.map(|it| &it.value))
        })
        .collect()
}

/// The parameters that a file's resources use for `location`.
fn placing(lint: &Lint<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for (_, _, resource) in lint.resources() {
        let location = resource.body.object().and_then(|it| it.get("location"));
        let Some(location) = location else { continue };
        for expr in expressions(&location.value) {
            let ExprKind::Variable(name) = &expr.kind else {
                continue;
            };
            let target = lint.names.symbols.target(name.span);
            let target = target.and_then(|at| lint.symbol(at));
            if target.is_some_and(|it| it.kind == SymbolKind::Parameter) {
                found.push(name.text.clone());
            }
        }
    }
    found
}

/// The modules of a file.
pub(crate) fn modules<'a>(lint: &Lint<'a>) -> impl Iterator<Item = &'a Module> {
    let declarations = lint.tree.declarations.iter();
    declarations.filter_map(|it| match &it.kind {
        DeclarationKind::Module(module) => Some(module),
        _ => None,
    })
}
