//! Values of Bicep that may be secret: what `@secure()` marks, and what Azure lists.

use baton_iac::bicep::infer::Names;
use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::walk::{Visit, walk_expr};
use baton_iac::bicep::{DeclarationKind, Decorator, Expr, ExprKind, TypeExpr, TypeKind};
use baton_source::Span;

use crate::support::bicep::{Lint, is_secure};
use crate::support::bicep_calls::{Inside, call};

/// How many names and members are followed.
const MAX_STEPS: u32 = 12;

/// A place that may show a secret, and what it shows.
pub(crate) struct PossibleSecret {
    pub(crate) at: Span,
    pub(crate) shown: String,
}

/// What a part of a file may show.
pub(crate) fn possible_secrets(lint: &Lint<'_>, inside: &impl Inside) -> Vec<PossibleSecret> {
    let mut secrets = Secrets {
        lint,
        found: Vec::new(),
        accessed: 0,
    };
    inside.enter(&mut secrets);
    secrets.found
}

struct Secrets<'l, 'a> {
    lint: &'l Lint<'a>,
    found: Vec<PossibleSecret>,
    /// How many accesses stand around the expression.
    accessed: u32,
}

impl<'t> Visit<'t> for Secrets<'_, '_> {
    fn expr(&mut self, it: &'t Expr) {
        let written = it.span.of(self.lint.text);
        match &it.kind {
            ExprKind::Variable(name) => self.typed(it, name.span, &name.text),
            ExprKind::Member { object, name, .. } => {
                self.typed(it, name.span, written);
                self.within(object);
                return;
            }
            ExprKind::Index { object, index, .. } => {
                self.typed(it, index.span, written);
                self.within(object);
                self.expr(index);
                return;
            }
            ExprKind::Call { name, .. } if call(self.lint, it).is_some_and(|it| it.lists()) => {
                self.listed(it.span, &name.text);
            }
            ExprKind::MethodCall { object, name, .. } => {
                let names = self.lint.names;
                let target = names.named(object).and_then(|at| self.lint.symbol(at));
                let asked = target.is_some_and(|it| it.kind == SymbolKind::Resource);
                let prefix = name.text.get(..4);
                let lists = prefix.is_some_and(|it| it.eq_ignore_ascii_case("list"));
                let listed = call(self.lint, it).is_some_and(|it| it.lists());
                if asked && lists || listed {
                    self.listed(it.span, &name.text);
                }
            }
            _ => {}
        }
        walk_expr(self, it);
    }
}

impl Secrets<'_, '_> {
    fn within(&mut self, object: &Expr) {
        self.accessed += 1;
        self.expr(object);
        self.accessed -= 1;
    }

    fn typed(&mut self, expr: &Expr, at: Span, written: &str) {
        for path in secret_paths(self.lint.names, expr, self.accessed > 0, 0) {
            self.found.push(PossibleSecret {
                at,
                shown: format!("the secure value `{written}{path}`"),
            });
        }
    }

    fn listed(&mut self, at: Span, name: &str) {
        self.found.push(PossibleSecret {
            at,
            shown: format!("what `{name}` lists"),
        });
    }
}

/// Where below an expression secure values are; an empty path is the expression itself.
fn secret_paths(names: Names<'_>, expr: &Expr, only_itself: bool, steps: u32) -> Vec<String> {
    if is_itself_secure(names, expr, steps) {
        return vec![String::new()];
    }
    if only_itself {
        return Vec::new();
    }
    match type_of(names, expr, steps) {
        Some((ty, _)) => members(names, ty, steps),
        None => Vec::new(),
    }
}

/// Whether a value is secure as a whole.
pub(crate) fn is_itself_secure(names: Names<'_>, expr: &Expr, steps: u32) -> bool {
    if steps > MAX_STEPS {
        return false;
    }
    match &expr.kind {
        ExprKind::Paren(inner) | ExprKind::NonNull(inner) => {
            is_itself_secure(names, inner, steps + 1)
        }
        ExprKind::Variable(name) => {
            let target = names.symbols.target(name.span);
            let Some(declaration) = target.and_then(|at| names.declaration(at)) else {
                return false;
            };
            match &declaration.kind {
                DeclarationKind::Param(it) if it.ty.is_some() => {
                    let ty = it.ty.as_ref();
                    is_secure(declaration) || ty.is_some_and(|it| named_secure(names, it, steps))
                }
                DeclarationKind::Var(it) => is_itself_secure(names, &it.value, steps + 1),
                _ => false,
            }
        }
        _ => type_of(names, expr, steps)
            .is_some_and(|(ty, marked)| marked || named_secure(names, ty, steps)),
    }
}

/// Whether a type is the name of one that is declared secure.
fn named_secure(names: Names<'_>, ty: &TypeExpr, steps: u32) -> bool {
    match &ty.kind {
        TypeKind::Nullable(inner) | TypeKind::Paren(inner) => named_secure(names, inner, steps),
        TypeKind::Name(name) if steps <= MAX_STEPS => {
            let target = names.symbols.target(name.span);
            let Some(declaration) = target.and_then(|at| names.declaration(at)) else {
                return false;
            };
            match &declaration.kind {
                DeclarationKind::Type(it) => {
                    is_secure(declaration) || named_secure(names, &it.value, steps + 1)
                }
                _ => false,
            }
        }
        _ => false,
    }
}

fn marked(decorators: &[Decorator]) -> bool {
    let mut names = decorators.iter().filter_map(Decorator::name);
    names.any(|it| it.text == "secure")
}

/// The written type of an expression, where one is written.
pub(crate) fn written_type<'t>(names: Names<'t>, expr: &Expr) -> Option<&'t TypeExpr> {
    type_of(names, expr, 0).map(|(ty, _)| ty)
}

/// The written type of an expression, and whether the member it comes from is marked secure.
fn type_of<'t>(names: Names<'t>, expr: &Expr, steps: u32) -> Option<(&'t TypeExpr, bool)> {
    if steps > MAX_STEPS {
        return None;
    }
    match &expr.kind {
        ExprKind::Paren(inner) | ExprKind::NonNull(inner) => type_of(names, inner, steps + 1),
        ExprKind::Variable(name) => {
            let declaration = names.declaration(names.symbols.target(name.span)?)?;
            match &declaration.kind {
                DeclarationKind::Param(it) => Some((it.ty.as_ref()?, false)),
                DeclarationKind::Var(it) => type_of(names, &it.value, steps + 1),
                _ => None,
            }
        }
        ExprKind::Member { object, name, .. } => {
            let (ty, _) = type_of(names, object, steps + 1)?;
            member(names, ty, Some(&name.text))
        }
        ExprKind::Index { object, index, .. } => {
            let (ty, _) = type_of(names, object, steps + 1)?;
            match (&structure(names, ty, 0)?.kind, &index.kind) {
                (TypeKind::Array(item), _) => Some((item, false)),
                (TypeKind::Tuple(items), ExprKind::Integer(at)) => {
                    let item = items.get(usize::try_from(*at).ok()?)?;
                    Some((&item.ty, marked(&item.decorators)))
                }
                (TypeKind::Tuple(items), _) => {
                    let mut secure = items.iter().filter(|it| marked(&it.decorators));
                    let found = secure.next().or(items.first())?;
                    Some((&found.ty, marked(&found.decorators)))
                }
                _ => member(names, ty, index.as_str()),
            }
        }
        _ => None,
    }
}

fn member<'t>(
    names: Names<'t>,
    ty: &'t TypeExpr,
    name: Option<&str>,
) -> Option<(&'t TypeExpr, bool)> {
    let TypeKind::Object(members) = &structure(names, ty, 0)?.kind else {
        return None;
    };
    let key = |wanted: &str| {
        let mut members = members.iter();
        members.find(|it| it.key.as_ref().and_then(|it| it.as_str()) == Some(wanted))
    };
    let further = || members.iter().find(|it| it.key.is_none());
    let found = name.and_then(key).or_else(further)?;
    Some((&found.ty, marked(&found.decorators)))
}

/// A type behind its names, parentheses and `?`.
fn structure<'t>(names: Names<'t>, ty: &'t TypeExpr, steps: u32) -> Option<&'t TypeExpr> {
    match &ty.kind {
        _ if steps > MAX_STEPS => None,
        TypeKind::Nullable(inner) | TypeKind::Paren(inner) | TypeKind::NonNull(inner) => {
            structure(names, inner, steps + 1)
        }
        TypeKind::Name(name) => {
            let declaration = names.declaration(names.symbols.target(name.span)?)?;
            match &declaration.kind {
                DeclarationKind::Type(it) => structure(names, &it.value, steps + 1),
                _ => None,
            }
        }
        _ => Some(ty),
    }
}

/// The paths to secure values in a type.
fn members(names: Names<'_>, ty: &TypeExpr, steps: u32) -> Vec<String> {
    let mut seen = Vec::new();
    let mut found = Vec::new();
    collect(names, (ty, String::new()), (&mut seen, &mut found), steps);
    found
}

fn collect(
    names: Names<'_>,
    (ty, path): (&TypeExpr, String),
    (seen, found): (&mut Vec<Span>, &mut Vec<String>),
    steps: u32,
) {
    let Some(ty) = structure(names, ty, 0) else {
        return;
    };
    if steps > MAX_STEPS || seen.contains(&ty.span) {
        return;
    }
    seen.push(ty.span);
    let mut below = |inner: &TypeExpr, secure: bool, path: String| {
        if secure || named_secure(names, inner, 0) {
            found.push(path);
        } else {
            collect(names, (inner, path), (&mut *seen, &mut *found), steps + 1);
        }
    };
    match &ty.kind {
        TypeKind::Object(members) => {
            for it in members {
                let key = it.key.as_ref().map_or(Some("*"), |it| it.as_str());
                let path = format!("{path}.{}", key.unwrap_or("*"));
                below(&it.ty, marked(&it.decorators), path);
            }
        }
        TypeKind::Tuple(items) => {
            for (at, it) in items.iter().enumerate() {
                below(&it.ty, marked(&it.decorators), format!("{path}[{at}]"));
            }
        }
        TypeKind::Array(item) => below(item, false, format!("{path}[*]")),
        _ => {}
    }
}
