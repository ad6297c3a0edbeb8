//! What a resource refers to anyway is not listed in `dependsOn`.

use std::collections::{BTreeMap, BTreeSet};

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
    let mut lists = Vec::new();
    for (at, _) in kinds.into_iter().flat_map(|kind| lint.of_kind(kind)) {
        let body = lint.names.declaration(at).and_then(body);
        let list = body
            .and_then(Expr::object)
            .and_then(|it| it.get("dependsOn"));
        if let Some(list) = list
            && let ExprKind::Array(items) = &list.value.kind
        {
            lists.push((at, list, items));
        }
    }
    if lists.is_empty() {
        return;
    }
    let direct = direct(lint);
    for (at, list, items) in lists {
        listed(lint, (list, items), inferred(lint, &direct, at), out);
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
        DeclarationKind::Var(it) => Some(&it.value),
        _ => None,
    }
}

/// What every resource, module and variable refers to itself, and whether only to what is known
/// without it being there.
fn direct(lint: &Lint<'_>) -> Direct {
    let mut found = Direct::new();
    for (at, symbol) in lint.names.symbols.symbols.iter().enumerate() {
        let Some(body) = lint.names.declaration(at).and_then(body) else {
            continue;
        };
        let object = body.object();
        let property = |key| object.and_then(|it| it.get(key)).map(|it| it.span);
        let mut inferred = Inferred {
            lint,
            own: property("dependsOn"),
            weakly: [property("parent"), property("scope")],
            found: symbol.parent.map(|it| (it, true)).into_iter().collect(),
        };
        inferred.expr(body);
        found.insert(at, inferred.found);
    }
    found
}

type Direct = BTreeMap<usize, BTreeSet<(usize, bool)>>;

/// What a resource depends on by what it refers to, however many steps away.
fn inferred(lint: &Lint<'_>, direct: &Direct, of: usize) -> Vec<usize> {
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    let mut open = vec![of];
    while let Some(at) = open.pop() {
        for (next, weakly) in direct.get(&at).into_iter().flatten() {
            if !seen.insert((*next, *weakly)) {
                continue;
            }
            open.push(*next);
            // Nothing waits for what exists already, unless its state is asked for.
            let waits = !*weakly || !exists(lint, *next);
            found.extend(waits.then_some(*next));
        }
    }
    found
}

fn exists(lint: &Lint<'_>, at: usize) -> bool {
    let kind = lint.names.declaration(at).map(|it| &it.kind);
    matches!(kind, Some(DeclarationKind::Resource(it)) if it.existing.is_some())
}

/// What the body of a resource refers to, `dependsOn` and the resources inside it aside.
struct Inferred<'l, 'a> {
    lint: &'l Lint<'a>,
    own: Option<Span>,
    weakly: [Option<Span>; 2],
    found: BTreeSet<(usize, bool)>,
}

impl Inferred<'_, '_> {
    fn add(&mut self, it: &Expr, weakly: bool) {
        if let Some(at) = self.lint.names.symbols.named(it) {
            let inside = self.weakly.iter().flatten();
            let weakly = weakly || inside.into_iter().any(|span| span.contains(it.span.start));
            self.found.insert((at, weakly));
        }
    }
}

impl<'t> Visit<'t> for Inferred<'_, '_> {
    fn declaration(&mut self, _: &'t Declaration) {}

    fn property(&mut self, it: &'t Property) {
        if Some(it.span) != self.own {
            walk_property(self, it);
        }
    }

    fn expr(&mut self, it: &'t Expr) {
        match &it.kind {
            // `a::b` is a reference to `b` alone.
            ExprKind::Variable(_) | ExprKind::Nested { .. } => self.add(it, false),
            ExprKind::Member { object, name, .. } if is_named(object) => {
                let known = ["id", "name", "type", "apiVersion"];
                self.add(object, known.contains(&name.text.as_str()));
            }
            ExprKind::MethodCall {
                object, arguments, ..
            } if is_named(object) => {
                self.add(object, true);
                for argument in arguments {
                    self.expr(argument);
                }
            }
            _ => walk_expr(self, it),
        }
    }
}

fn is_named(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Variable(_) | ExprKind::Nested { .. })
}
