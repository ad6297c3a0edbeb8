//! Parameters for secrets are secure.

use std::sync::LazyLock;

use baton_iac::bicep::infer::Type;
use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::{Declaration, DeclarationKind};
use baton_source::Span;
use regex::Regex;

use crate::support::bicep::{Lint, Normally, is_secure, lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(
        ctx,
        file,
        ("secure-secrets-in-params", Normally::On, out),
        judge,
    );
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for (at, symbol) in lint.of_kind(SymbolKind::Parameter) {
        let declaration = lint.names.declaration(at);
        let Some(declaration) = declaration.filter(|it| !is_secure(it)) else {
            continue;
        };
        let DeclarationKind::Param(param) = &declaration.kind else {
            continue;
        };
        let ty = param.ty.as_ref().and_then(|it| lint.names.declared(it));
        let holds = matches!(ty, Some(Type::String | Type::Object));
        let name = &symbol.name;
        let message = if holds && names_a_secret(name) {
            format!("the parameter `{name}` seems to take a secret, and is not secure")
        } else if let Some(other) = secure_source(lint, declaration) {
            format!("the parameter `{name}` takes `{other}`, which is secure, and is not so itself")
        } else {
            continue;
        };
        let line_end = lint.file.line_ending();
        let start = Span::at(declaration.span.start as usize);
        out.report(lint.file.at(&symbol.at), message)
            .help("Put `@secure()` above it.")
            .fix(lint.replace("Add `@secure()`", start, format!("@secure(){line_end}")));
    }
}

fn names_a_secret(name: &str) -> bool {
    static SECRET: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new("(?i)password|pwd|secret|accountkey|acctkey").ok());
    static HARMLESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new("(?i)secretpermissions|secretversion|secretur[il]|secretname").ok()
    });
    let is = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|it| it.is_match(name));
    is(&SECRET) && !is(&HARMLESS)
}

/// A secure parameter that the declaration uses.
fn secure_source(lint: &Lint<'_>, declaration: &Declaration) -> Option<String> {
    let references = lint.names.symbols.references.iter();
    let mut inside = references
        .filter(|it| declaration.span.start <= it.at.start && it.at.end <= declaration.span.end);
    inside.find_map(|it| {
        let symbol = lint.symbol(it.target?)?;
        let used = lint.names.declaration(it.target?)?;
        (symbol.kind == SymbolKind::Parameter && is_secure(used)).then(|| symbol.name.clone())
    })
}
