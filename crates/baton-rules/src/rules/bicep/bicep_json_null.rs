//! `null` is written as such.

use baton_iac::bicep::{Expr, ExprKind};

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_calls::calls;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(ctx, file, ("simplify-json-null", Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for call in calls(lint, lint.tree) {
        if call.is("sys", "json")
            && let [argument] = call.arguments
            && is_null(argument)
        {
            out.report(lint.file.at(call.expr), "`json('null')` is `null`")
                .help("Write `null`.")
                .fix(lint.replace("Write `null`", call.expr.span, "null"));
        }
    }
}

fn is_null(argument: &Expr) -> bool {
    matches!(&argument.kind, ExprKind::String(it) if it.as_str().is_some_and(|it| it.trim() == "null"))
}
