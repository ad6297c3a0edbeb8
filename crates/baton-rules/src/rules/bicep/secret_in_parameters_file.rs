//! Secrets of a parameters file go to secure parameters only.

use std::collections::BTreeSet;

use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::{Declaration, DeclarationKind};

use crate::support::bicep::{Lint, Normally, is_secure, lint};
use crate::support::bicep_calls::expressions;
use crate::support::bicep_modules::{Callee, parameters_of};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let code = "secure-params-in-parameters-file";
    lint(ctx, file, (code, Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let Some(Callee { parameters, .. }) = template(lint) else {
        return;
    };
    let secure = |name: &str| {
        let mut named = parameters.iter().filter(|it| it.name == name);
        named.next().map(|it| is_secure(it.declaration))
    };
    for (at, symbol) in lint.of_kind(SymbolKind::Assignment) {
        let Some(declaration) = lint.names.declaration(at) else {
            continue;
        };
        let DeclarationKind::Param(param) = &declaration.kind else {
            continue;
        };
        let Some(value) = &param.value else { continue };
        if secure(&symbol.name) != Some(false) {
            continue;
        }
        let mut used = BTreeSet::new();
        closure(lint, declaration, &mut used);
        let named = used.into_iter().filter_map(|at| lint.symbol(at));
        let named = named.filter(|it| it.kind == SymbolKind::Assignment);
        let secrets: Vec<&str> = named
            .filter(|it| secure(&it.name) == Some(true))
            .map(|it| it.name.as_str())
            .collect();
        if !secrets.is_empty() {
            let secrets = secrets.join("`, `");
            out.report(
                lint.file.at(value),
                format!("`{}` is not secure, and shows `{secrets}`", symbol.name),
            )
            .help("Make the template's parameter secure, or leave the secret out.");
        }
    }
}

/// What the template of a parameters file takes.
pub(super) fn template<'a>(lint: &Lint<'a>) -> Option<Callee<'a>> {
    let mut declarations = lint.tree.declarations.iter();
    let source = declarations.find_map(|it| match &it.kind {
        DeclarationKind::Using(it) => Some(it.source.as_ref()),
        _ => None,
    })?;
    parameters_of(lint, source?)
}

/// The symbols that a declaration uses, and those that they use.
fn closure(lint: &Lint<'_>, declaration: &Declaration, used: &mut BTreeSet<usize>) {
    for expr in expressions(declaration) {
        let target = lint.names.symbols.named(expr);
        if let Some(at) = target.filter(|at| used.insert(*at))
            && let Some(next) = lint.names.declaration(at)
        {
            closure(lint, next, used);
        }
    }
}
