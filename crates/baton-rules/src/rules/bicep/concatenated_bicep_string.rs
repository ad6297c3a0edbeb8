//! Texts are put together by interpolation.

use baton_iac::bicep::infer::Type;
use baton_iac::bicep::{Expr, ExprKind};
use baton_source::Span;

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_calls::calls;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(
        ctx,
        file,
        ("prefer-interpolation", Normally::On, out),
        judge,
    );
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for call in calls(lint, lint.tree) {
        if !call.is("sys", "concat") || call.arguments.len() < 2 {
            continue;
        }
        let types: Vec<_> = call
            .arguments
            .iter()
            .map(|it| lint.names.type_of(it))
            .collect();
        let other = |it: &Option<Type>| matches!(it, Some(Type::Array | Type::Object));
        // With an object or a list among them it is an error, and not about texts.
        if !types.contains(&Some(Type::String)) || types.iter().any(other) {
            continue;
        }
        let finding = out.report(lint.file.at(call.expr), "`concat` puts texts together");
        finding.help("Write one string with `${…}` in it.");
        if let Some(string) = interpolated(lint, call.arguments) {
            finding.fix(lint.replace("Write one string", call.expr.span, string));
        }
    }
}

/// The arguments as one string; `None` where one cannot stand in it as written.
fn interpolated(lint: &Lint<'_>, arguments: &[Expr]) -> Option<String> {
    let mut text = String::from("'");
    for argument in arguments {
        let written = argument.span.of(lint.text);
        match &argument.kind {
            ExprKind::String(string) if string.multiline => return None,
            ExprKind::String(_) => {
                let inner = Span::new(1, written.len().checked_sub(1)?);
                text.push_str(inner.of(written));
            }
            _ if written.contains('\n') => return None,
            _ => {
                text.push_str("${");
                text.push_str(written);
                text.push('}');
            }
        }
    }
    text.push('\'');
    Some(text)
}
