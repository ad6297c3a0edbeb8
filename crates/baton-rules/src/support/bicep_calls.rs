//! The calls of functions in a Bicep tree.

use baton_iac::bicep::walk::{Visit, walk_declaration, walk_expr, walk_file};
use baton_iac::bicep::{Declaration, Expr, ExprKind, File as Tree, Name};

use crate::support::bicep::Lint;

/// A call of one of the language's own functions, with or without its namespace.
pub(crate) struct Call<'t> {
    pub(crate) expr: &'t Expr,
    pub(crate) name: &'t Name,
    namespace: Option<&'t str>,
    pub(crate) arguments: &'t [Expr],
}

impl Call<'_> {
    /// Whether it calls that function of that namespace.
    pub(crate) fn is(&self, namespace: &str, name: &str) -> bool {
        self.is_of(namespace) && self.name.text == name
    }

    /// Whether the function may be one of that namespace.
    pub(crate) fn is_of(&self, namespace: &str) -> bool {
        self.namespace.is_none_or(|it| it == namespace)
    }

    /// Whether it asks Azure for keys and the like.
    pub(crate) fn lists(&self) -> bool {
        let prefix = self.name.text.get(..4);
        self.is_of("az") && prefix.is_some_and(|it| it.eq_ignore_ascii_case("list"))
    }
}

/// What calls are looked for in.
pub(crate) trait Inside {
    fn enter<'t, V: Visit<'t>>(&'t self, visitor: &mut V);
}

impl Inside for Tree {
    fn enter<'t, V: Visit<'t>>(&'t self, visitor: &mut V) {
        walk_file(visitor, self);
    }
}

impl Inside for Expr {
    fn enter<'t, V: Visit<'t>>(&'t self, visitor: &mut V) {
        visitor.expr(self);
    }
}

impl Inside for Declaration {
    fn enter<'t, V: Visit<'t>>(&'t self, visitor: &mut V) {
        walk_declaration(visitor, self);
    }
}

/// The calls in a part of a file, in the order of the text; the file's own functions are left out.
pub(crate) fn calls<'t>(lint: &Lint<'_>, inside: &'t impl Inside) -> Vec<Call<'t>> {
    let mut every = Every(Vec::new());
    inside.enter(&mut every);
    let calls = every.0.into_iter();
    calls.filter_map(|expr| call(lint, expr)).collect()
}

/// The call that an expression is.
pub(crate) fn call<'t>(lint: &Lint<'_>, expr: &'t Expr) -> Option<Call<'t>> {
    let symbols = lint.names.symbols;
    match &expr.kind {
        ExprKind::Call { name, arguments } => symbols.target(name.span).is_none().then_some(Call {
            expr,
            name,
            namespace: None,
            arguments,
        }),
        ExprKind::MethodCall {
            object,
            name,
            arguments,
        } => match &object.kind {
            ExprKind::Variable(namespace) if symbols.target(namespace.span).is_none() => {
                Some(Call {
                    expr,
                    name,
                    namespace: Some(&namespace.text),
                    arguments,
                })
            }
            _ => None,
        },
        _ => None,
    }
}

/// Every expression in a part of a file, in the order of the text.
pub(crate) fn expressions(inside: &impl Inside) -> Vec<&Expr> {
    let mut every = Every(Vec::new());
    inside.enter(&mut every);
    every.0
}

struct Every<'t>(Vec<&'t Expr>);

impl<'t> Visit<'t> for Every<'t> {
    fn expr(&mut self, it: &'t Expr) {
        self.0.push(it);
        walk_expr(self, it);
    }
}
