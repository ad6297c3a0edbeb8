//! What a resource refers to anyway is not listed in `dependsOn`.

use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::walk::{Visit, walk_expr, walk_property};
use baton_iac::bicep::{Declaration, DeclarationKind, Expr, ExprKind, Item, Property};
use baton_source::Span;

use crate::support::bicep::{Lint, Normally, lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(
        ctx,
        file,
        ("no-unnecessary-dependson", Normally::On, out),
        judge,
    );
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let kinds = [SymbolKind::Resource, SymbolKind::Module];
    for (at, symbol) in kinds.into_iter().flat_map(|kind| lint.of_kind(kind)) {
        let Some(declaration) = lint.names.declaration(at) else {
            continue;
        };
        let Some(body) = body(declaration) else {
            continue;
        };
        let Some(object) = body.object() else {
            continue;
        };
        let Some(list) = object.get("dependsOn") else {
            continue;
        };
        let ExprKind::Array(items) = &list.value.kind else {
            continue;
        };
        let mut inferred = Inferred {
            lint,
            own: list,
            found: symbol.parent.into_iter().collect(),
        };
        inferred.expr(body);
        listed(lint, (list, items), inferred.found, out);
    }
}

fn listed(
    lint: &Lint<'_>,
    (list, items): (&Property, &[Item]),
    mut known: Vec<usize>,
    out: &mut Findings,
) {
    for item in items {
        let Item::Value(value) = item else { continue };
        // One item of a collection is not the collection.
        if matches!(value.kind, ExprKind::Index { .. }) {
            continue;
        }
        let Some(at) = lint.names.symbols.named(value) else {
            continue;
        };
        let Some(symbol) = lint.symbol(at).filter(|it| !it.collection) else {
            continue;
        };
        if !matches!(symbol.kind, SymbolKind::Resource | SymbolKind::Module) {
            continue;
        }
        if !known.contains(&at) {
            known.push(at);
            continue;
        }
        let name = value.span.of(lint.text);
        let message = format!("it depends on `{name}` without `dependsOn` saying so");
        let finding = out.report(lint.file.at(value), message);
        finding.help("Remove it from the list.");
        let span = if items.len() == 1 {
            list.span
        } else {
            value.span
        };
        let mut fix = lint.replace("Remove it", span, "");
        fix.edits = vec![removal(lint, span, list.value.span)];
        finding.fix(fix);
    }
}

/// Takes an item out of a list, with the comma that parts it from the next or the one before.
fn removal(lint: &Lint<'_>, item: Span, list: Span) -> baton_source::Edit {
    let edit = lint.removal(item);
    if edit.span != item || !list.contains(item.start) {
        return edit;
    }
    let after = Span::new(item.end as usize, list.end as usize).of(lint.text);
    let blank = after.len() - after.trim_start_matches([' ', ',']).len();
    let start = item.start as usize;
    if after.trim_start().starts_with(',') {
        return lint
            .file
            .edit(Span::new(start, item.end as usize + blank), "");
    }
    let before = Span::new(list.start as usize, start).of(lint.text);
    let comma = before.len() - before.trim_end_matches([' ', ',']).len();
    lint.file
        .edit(Span::new(start - comma, item.end as usize), "")
}

fn body(declaration: &Declaration) -> Option<&Expr> {
    match &declaration.kind {
        DeclarationKind::Resource(it) => Some(&it.body),
        DeclarationKind::Module(it) => Some(&it.body),
        _ => None,
    }
}

/// What the body of a resource refers to, `dependsOn` and the resources inside it aside.
struct Inferred<'l, 'a, 't> {
    lint: &'l Lint<'a>,
    own: &'t Property,
    found: Vec<usize>,
}

impl<'t> Visit<'t> for Inferred<'_, '_, 't> {
    fn declaration(&mut self, _: &'t Declaration) {}

    fn property(&mut self, it: &'t Property) {
        if it.span != self.own.span {
            walk_property(self, it);
        }
    }

    fn expr(&mut self, it: &'t Expr) {
        if matches!(it.kind, ExprKind::Variable(_) | ExprKind::Nested { .. }) {
            self.found.extend(self.lint.names.symbols.named(it));
        }
        // `a::b` is a reference to `b` alone.
        if !matches!(it.kind, ExprKind::Nested { .. }) {
            walk_expr(self, it);
        }
    }
}
