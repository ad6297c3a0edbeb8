//! Only defaults of parameters ask where the resource group is.

use baton_iac::bicep::DeclarationKind;

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_locations::location_calls;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let code = "no-loc-expr-outside-params";
    lint(ctx, file, (code, Normally::Off, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let declarations = lint.tree.declarations.iter();
    let judged = declarations.filter(|it| !matches!(it.kind, DeclarationKind::Param(_)));
    for declaration in judged {
        for (expr, asked) in location_calls(declaration) {
            out.report(
                lint.file.at(expr),
                format!("`{asked}` is asked for outside the default of a parameter"),
            )
            .help("Declare `param location string` with this default, and use that.");
        }
    }
}
