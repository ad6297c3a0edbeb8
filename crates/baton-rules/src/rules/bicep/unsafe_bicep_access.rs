//! What may be missing is asked for with `.?` and `??`.

use baton_iac::bicep::{Expr, ExprKind, TypeKind};
use baton_source::Span;

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_calls::{call, expressions};
use crate::support::bicep_names::is_name;
use crate::support::bicep_sameness::same;
use crate::support::bicep_secrets::written_type;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(ctx, file, ("use-safe-access", Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let all = expressions(lint.tree);
    missing(lint, &all, out);
    for expr in all {
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

/// Plain accesses to members that their written type lets be null.
fn missing(lint: &Lint<'_>, all: &[&Expr], out: &mut Findings) {
    let is_sure = |expr: &Expr| {
        let mut around = all.iter();
        around.any(|it| matches!(&it.kind, ExprKind::NonNull(inner) if inner.span == expr.span))
    };
    for expr in all {
        let (ExprKind::Member { object, safe, .. } | ExprKind::Index { object, safe, .. }) =
            &expr.kind
        else {
            continue;
        };
        let may_be_null = |expr: &Expr| {
            let ty = written_type(lint.names, expr)?;
            Some(matches!(ty.kind, TypeKind::Nullable(_)))
        };
        let base = written_type(lint.names, object).map(|it| &it.kind);
        let object_type = matches!(base, Some(TypeKind::Object(_) | TypeKind::Name(_)));
        if *safe || !object_type || may_be_null(expr) != Some(true) {
            continue;
        }
        if goes_safely(object) || is_sure(expr) {
            continue;
        }
        let operator = Span::new(object.span.end as usize, expr.span.end as usize);
        let Some(at) = operator.of(lint.text).find(['.', '[']) else {
            continue;
        };
        let at = Span::at(operator.start as usize + at + 1);
        let written = expr.span.of(lint.text);
        out.report(
            lint.file.at(*expr),
            format!("`{written}` may be missing by its type"),
        )
        .help("Put `?` behind the dot or bracket, or `!` behind it where it is surely there.")
        .fix(lint.replace("Use a safe access", at, "?"));
    }
}

/// Whether a safe access or an assertion on the way has told about null already.
fn goes_safely(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Member { object, safe, .. } | ExprKind::Index { object, safe, .. } => {
            *safe || goes_safely(object)
        }
        ExprKind::NonNull(_) => true,
        ExprKind::Paren(inner) => goes_safely(inner),
        _ => false,
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
        } if same(accessed, object) && same(index, key) => Some(match index.as_str() {
            Some(name) if is_name(name) => format!("{base}.?{name}"),
            _ => format!("{base}[?{}]", index.span.of(lint.text)),
        }),
        _ => None,
    }
}

fn needs_parentheses(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Ternary { .. } | ExprKind::Lambda { .. }
    )
}
