//! Modules are given what they need.

use baton_iac::bicep::{Entry, ExprKind, Module, Object};
use baton_source::{Span, Spanned as _};

use crate::support::bicep::{Lint, compile};
use crate::support::bicep_locations::modules;
use crate::support::bicep_modules::{Parameter, parameters_of};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    compile(ctx, file, |lint| {
        for module in modules(lint) {
            judge(lint, module, out);
        }
    });
}

fn judge(lint: &Lint<'_>, module: &Module, out: &mut Findings) {
    let Some(callee) = parameters_of(lint, &module.source) else {
        return;
    };
    let Some((given, at)) = given(module) else {
        return;
    };
    let missing: Vec<&Parameter<'_>> = callee
        .parameters
        .iter()
        .filter(|it| it.is_required() && given.is_none_or(|given| given.get(&it.name).is_none()))
        .collect();
    let Some(first) = missing.first() else { return };
    let names: Vec<&str> = missing.iter().map(|it| it.name.as_str()).collect();
    let names = names.join("`, `");
    out.report(
        lint.file.at(&at),
        format!(
            "the module `{}` is not given `{names}` (`BCP035`)",
            module.name.text
        ),
    )
    .help("Set every parameter that has no default.")
    .label(
        callee.file.at(&first.param.name),
        "declared here without a default",
    );
}

/// What is given, and where; `None` when that is not written out.
fn given(module: &Module) -> Option<(Option<&Object>, Span)> {
    let body = module.body.object().filter(|it| is_plain(it))?;
    match body.get("params") {
        None => Some((None, module.name.span)),
        Some(params) => match &params.value.kind {
            ExprKind::Object(given) if is_plain(given) => Some((Some(given), params.key.span())),
            _ => None,
        },
    }
}

fn is_plain(object: &Object) -> bool {
    let mut entries = object.entries.iter();
    entries.all(|it| matches!(it, Entry::Property(it) if it.key.as_str().is_some()))
}
