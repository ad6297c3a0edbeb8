//! What may be missing is asked for with `.?` and `??`.

use baton_iac::bicep::{Expr, ExprKind};

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_calls::{call, expressions};
use crate::support::bicep_sameness::same;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(ctx, file, ("use-safe-access", Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for expr in expressions(lint.tree) {
        let ExprKind::Ternary {
            condition,
            then,
            otherwise,
        } = &expr.kind
        else {
            continue;
        };
        let asked = call(lint, condition).filter(|it| it.is("sys", "contains"));
        let Some([object, key]) = asked.as_ref().map(|it| it.arguments) else {
            continue;
        };
        let Some(access) = access(then, object, key, lint) else {
            continue;
        };
        let rest = otherwise.span.of(lint.text);
        let rest = if needs_parentheses(otherwise) {
            format!("({rest})")
        } else {
            rest.to_owned()
        };
        let instead = format!("{access} ?? {rest}");
        out.report(
            lint.file.at(expr),
            "`contains` and an access are one safe access",
        )
        .help(format!("Write `{instead}`."))
        .fix(lint.replace("Use a safe access", expr.span, instead));
    }
}

/// The safe form of the access to what `contains` asked for.
fn access(then: &Expr, object: &Expr, key: &Expr, lint: &Lint<'_>) -> Option<String> {
    let base = object.span.of(lint.text);
    match &then.kind {
        ExprKind::Member {
            object: accessed,
            name,
            ..
        } => {
            let fits = same(accessed, object) && key.as_str() == Some(&name.text);
            fits.then(|| format!("{base}.?{}", name.text))
        }
        ExprKind::Index {
            object: accessed,
            index,
            from_end: false,
            ..
        } if same(accessed, object) && same(index, key) => {
            Some(format!("{base}[?{}]", index.span.of(lint.text)))
        }
        _ => None,
    }
}

fn needs_parentheses(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Ternary { .. } | ExprKind::Lambda { .. }
    )
}
