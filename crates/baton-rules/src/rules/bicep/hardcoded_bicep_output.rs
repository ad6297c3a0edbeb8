//! Outputs tell what only the deployment knows.

use baton_iac::bicep::{DeclarationKind, Entry, Expr, ExprKind, Item};

use crate::support::bicep::{Lint, Normally, lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(
        ctx,
        file,
        ("no-hardcoded-outputs", Normally::Off, out),
        judge,
    );
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for declaration in &lint.tree.declarations {
        let DeclarationKind::Output(output) = &declaration.kind else {
            continue;
        };
        if is_written_out(&output.value) {
            out.report(
                lint.file.at(&output.value),
                format!("the output `{}` is always the same", output.name.text),
            )
            .help("Export a variable with this value instead.");
        }
    }
}

fn is_written_out(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::String(string) => string.as_str().is_some(),
        ExprKind::Integer(_) | ExprKind::Bool(_) | ExprKind::Null => true,
        ExprKind::Unary { operand, .. } => is_written_out(operand),
        ExprKind::Paren(inner) => is_written_out(inner),
        ExprKind::Array(items) => items
            .iter()
            .all(|it| matches!(it, Item::Value(value) if is_written_out(value))),
        ExprKind::Object(object) => object
            .entries
            .iter()
            .all(|it| matches!(it, Entry::Property(it) if is_written_out(&it.value))),
        _ => false,
    }
}
