//! What a Bicep file declares is used.

use baton_iac::bicep::symbols::{Symbol, SymbolKind, nested};
use baton_iac::bicep::{Declaration, DeclarationKind, Import, Imported};
use baton_source::{Applicability, Edit, Fix, Span, Spanned as _};

use crate::support::bicep::{Lint, Normally, lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    let code = match slug {
        "unused-bicep-parameter" => "no-unused-params",
        "unused-bicep-variable" => "no-unused-vars",
        "unused-bicep-type" => "no-unused-types",
        "unused-bicep-import" => "no-unused-imports",
        _ => "no-unused-existing-resources",
    };
    lint(ctx, file, (code, Normally::On, out), |lint, out| {
        // A declaration that could not be read may use anything.
        if lint.is_whole() {
            judge(lint, slug, out);
        }
    });
}

fn judge(lint: &Lint<'_>, slug: &str, out: &mut Findings) {
    for (at, symbol) in lint.names.symbols.symbols.iter().enumerate() {
        let Some(what) = subject(slug, symbol) else {
            continue;
        };
        if lint.names.symbols.uses(at).next().is_some() {
            continue;
        }
        let Some(declaration) = lint.names.declaration(at) else {
            continue;
        };
        let kept = match &declaration.kind {
            DeclarationKind::Resource(it) => {
                it.existing.is_none() || nested(&it.body).next().is_some()
            }
            _ => declaration.decorator("export").is_some(),
        };
        if kept {
            continue;
        }
        out.report(
            lint.file.at(&symbol.at),
            format!("nothing uses the {what} `{}`", symbol.name),
        )
        .help(format!("Remove the {what}, or use it."))
        .fix(fix(lint, symbol, declaration, what));
    }
}

fn subject(slug: &str, symbol: &Symbol) -> Option<&'static str> {
    if symbol.parent.is_some() {
        return None;
    }
    match (slug, symbol.kind) {
        ("unused-bicep-parameter", SymbolKind::Parameter) => Some("parameter"),
        ("unused-bicep-variable", SymbolKind::Variable) => Some("variable"),
        ("unused-bicep-type", SymbolKind::Type) => Some("type"),
        ("unused-bicep-import", SymbolKind::Import | SymbolKind::Namespace) => Some("import"),
        ("unused-bicep-existing-resource", SymbolKind::Resource) => Some("existing resource"),
        _ => None,
    }
}

fn fix(lint: &Lint<'_>, symbol: &Symbol, declaration: &Declaration, what: &str) -> Fix {
    // Callers may set the parameter.
    let applicability = match symbol.kind {
        SymbolKind::Parameter => Applicability::Unsafe,
        _ => Applicability::Safe,
    };
    let edit = match &declaration.kind {
        DeclarationKind::Import(import) => listed(lint, symbol, import),
        _ => None,
    };
    Fix {
        title: format!("Remove the {what} `{}`", symbol.name),
        applicability,
        edits: vec![edit.unwrap_or_else(|| lint.removal(declaration.span))],
    }
}

/// The edit that takes one of several symbols out of an import.
fn listed(lint: &Lint<'_>, symbol: &Symbol, import: &Import) -> Option<Edit> {
    let Imported::Listed(symbols) = &import.symbols else {
        return None;
    };
    let spans: Vec<Span> = symbols
        .iter()
        .map(|it| {
            let name = it.name.span();
            it.alias.as_ref().map_or(name, |alias| name.to(alias.span))
        })
        .collect();
    let at = spans.iter().position(|it| it.contains(symbol.at.start))?;
    let own = spans.get(at)?;
    let used = |span: &&Span| {
        let names = lint.names.symbols.symbols.iter().enumerate();
        let mut names = names.filter(|(_, it)| span.contains(it.at.start));
        names.any(|(at, _)| lint.names.symbols.uses(at).next().is_some())
    };
    // When nothing of it is used, the whole import goes.
    spans.iter().find(used)?;
    let span = match (
        spans.get(at + 1),
        at.checked_sub(1).and_then(|it| spans.get(it)),
    ) {
        (Some(next), _) => Span::new(own.start as usize, next.start as usize),
        (None, Some(previous)) => Span::new(previous.end as usize, own.end as usize),
        (None, None) => return None,
    };
    Some(lint.file.edit(span, ""))
}
