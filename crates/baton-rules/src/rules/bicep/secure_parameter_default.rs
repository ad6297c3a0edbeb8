//! Secure parameters have no default that everybody can read.

use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::{DeclarationKind, Expr, ExprKind};
use baton_source::Span;

use crate::support::bicep::{Lint, Normally, is_secure, lint};
use crate::support::bicep_calls::calls;
use crate::support::bicep_secrets::is_itself_secure;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(
        ctx,
        file,
        ("secure-parameter-default", Normally::On, out),
        judge,
    );
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for (at, symbol) in lint.of_kind(SymbolKind::Parameter) {
        let declaration = lint.names.declaration(at);
        let Some(declaration) = declaration.filter(|it| is_secure(it)) else {
            continue;
        };
        let DeclarationKind::Param(param) = &declaration.kind else {
            continue;
        };
        let (Some(ty), Some(value)) = (&param.ty, &param.value) else {
            continue;
        };
        if is_harmless(lint, value) {
            continue;
        }
        let assigned = Span::new(ty.span.end as usize, value.span.end as usize);
        out.report(
            lint.file.at(value),
            format!("the secure parameter `{}` has a default", symbol.name),
        )
        .help("Leave the default out, or make it empty.")
        .fix(lint.replace("Remove the default", assigned, ""));
    }
}

fn is_harmless(lint: &Lint<'_>, value: &Expr) -> bool {
    let empty = match &value.kind {
        ExprKind::String(_) => value.as_str() == Some(""),
        ExprKind::Object(object) => object.entries.is_empty(),
        _ => false,
    };
    let mut calls = calls(lint, value).into_iter();
    empty || is_itself_secure(lint.names, value, 0) || calls.any(|it| it.is("sys", "newGuid"))
}
