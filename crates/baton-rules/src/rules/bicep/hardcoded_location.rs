//! Resources are placed where a parameter says.

use std::collections::BTreeSet;

use baton_iac::bicep::symbols::{Symbol, SymbolKind};
use baton_iac::bicep::{DeclarationKind, Expr, ExprKind};
use baton_source::Span;

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_locations::{location_parameters, modules};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(
        ctx,
        file,
        ("no-hardcoded-location", Normally::Off, out),
        judge,
    );
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let mut seen = BTreeSet::new();
    for (_, _, resource) in lint.resources() {
        let location = resource.body.object().and_then(|it| it.get("location"));
        if let Some(location) = location {
            place(lint, (&location.value, "the location"), &mut seen, out);
        }
    }
    for module in modules(lint) {
        for (name, value) in location_parameters(lint, module) {
            if let Some(value) = value {
                let what = format!("the parameter `{name}`, which places resources,");
                place(lint, (value, &what), &mut seen, out);
            }
        }
    }
}

fn place(
    lint: &Lint<'_>,
    (value, what): (&Expr, &str),
    seen: &mut BTreeSet<Span>,
    out: &mut Findings,
) {
    let text = match &value.kind {
        ExprKind::String(string) => string.as_str().map(str::to_owned),
        ExprKind::Variable(_) => lint.names.literal(value),
        _ => None,
    };
    let Some(text) = text.filter(|it| !it.eq_ignore_ascii_case("global")) else {
        return;
    };
    match variable(lint, value) {
        // A variable is told once, however many resources use it.
        Some(symbol) => {
            if seen.insert(symbol.at) {
                let message = format!("the variable `{}` places resources", symbol.name);
                out.report(lint.file.at(&symbol.at), message).help(format!(
                    "Make it a parameter: `param {} string = …`.",
                    symbol.name
                ));
            }
        }
        None => {
            out.report(lint.file.at(value), format!("{what} is always `{text}`"))
                .help("Take it from a parameter such as `location`.");
        }
    }
}

/// The last variable on the way to the text.
fn variable<'a>(lint: &Lint<'a>, value: &Expr) -> Option<&'a Symbol> {
    let mut found = None;
    let mut at: &Expr = value;
    for _ in 0..16 {
        let ExprKind::Variable(name) = &at.kind else {
            break;
        };
        let target = lint.names.symbols.target(name.span)?;
        let symbol = lint.symbol(target)?;
        if symbol.kind != SymbolKind::Variable {
            return None;
        }
        found = Some(symbol);
        match &lint.names.declaration(target)?.kind {
            DeclarationKind::Var(it) => at = &it.value,
            _ => break,
        }
    }
    found
}
