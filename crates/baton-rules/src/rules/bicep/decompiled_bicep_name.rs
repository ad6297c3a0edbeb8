//! Names that decompiling made up are replaced.

use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::{ExprKind, Resource};
use baton_source::Span;

use crate::support::bicep::{Lint, Normally, lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(ctx, file, ("decompiler-cleanup", Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for (_, _, resource) in lint.resources() {
        if made_up(&resource.name.text, "_resource") && has_name(resource) {
            report(
                lint,
                "resource",
                (&resource.name.text, resource.name.span),
                out,
            );
        }
    }
    for (_, symbol) in lint.of_kind(SymbolKind::Variable) {
        if made_up(&symbol.name, "_var") {
            report(lint, "variable", (&symbol.name, symbol.at), out);
        }
    }
}

fn has_name(resource: &Resource) -> bool {
    let name = resource.body.object().and_then(|it| it.get("name"));
    name.is_some_and(|it| matches!(it.value.kind, ExprKind::String(_)))
}

fn made_up(name: &str, suffix: &str) -> bool {
    let stem = name.strip_suffix(suffix);
    stem.is_some_and(|it| it.ends_with(|last: char| last.is_ascii_alphanumeric()))
}

fn report(lint: &Lint<'_>, what: &str, (name, at): (&str, Span), out: &mut Findings) {
    out.report(
        lint.file.at(&at),
        format!("the {what} has the name `{name}`, which decompiling made up"),
    )
    .help("Rename it to what it is.");
}
