//! A resource has the same name in every deployment.

use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::{DeclarationKind, Expr, ExprKind};

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_calls::{call, expressions};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// How many names are followed.
const MAX_STEPS: usize = 16;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let code = "use-stable-resource-identifiers";
    lint(ctx, file, (code, Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for (_, _, resource) in lint.resources() {
        let name = resource.body.object().and_then(|it| it.get("name"));
        let Some(name) = name else { continue };
        let mut found = Vec::new();
        changing(lint, &name.value, &mut Vec::new(), &mut found);
        for (path, function) in found {
            let by = match path.as_slice() {
                [] => String::new(),
                path => format!(", by way of `{}`", path.join("` → `")),
            };
            out.report(
                lint.file.at(&name.value),
                format!(
                    "the name of `{}` changes with each `{function}`{by}",
                    resource.name.text
                ),
            )
            .help("Make the name of what stays, such as `resourceGroup().id`.");
        }
    }
}

/// The functions behind an expression that give another value each time, and the names between.
fn changing(
    lint: &Lint<'_>,
    expr: &Expr,
    path: &mut Vec<String>,
    found: &mut Vec<(Vec<String>, String)>,
) {
    if path.len() > MAX_STEPS {
        return;
    }
    for inner in expressions(expr) {
        if let Some(call) = call(lint, inner) {
            let name = call.name.text.as_str();
            if call.is_of("sys") && matches!(name, "newGuid" | "utcNow") {
                found.push((path.clone(), format!("{name}()")));
            }
        }
        let ExprKind::Variable(name) = &inner.kind else {
            continue;
        };
        let target = lint.names.symbols.target(name.span);
        let Some(declaration) = target.and_then(|at| lint.names.declaration(at)) else {
            continue;
        };
        let value = match &declaration.kind {
            DeclarationKind::Var(it) => Some(&it.value),
            DeclarationKind::Param(it) => it.value.as_ref(),
            _ => None,
        };
        let kind = target.and_then(|at| lint.symbol(at)).map(|it| it.kind);
        let named = matches!(kind, Some(SymbolKind::Variable | SymbolKind::Parameter));
        if let Some(value) = value.filter(|_| named && !path.contains(&name.text)) {
            path.push(name.text.clone());
            changing(lint, value, path, found);
            path.pop();
        }
    }
}
