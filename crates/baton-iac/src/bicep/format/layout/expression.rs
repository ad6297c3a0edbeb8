//! Expressions.

use super::Layout;
use super::brackets::{ARRAY, BRACES, LOOP, PARAMETERS};
use crate::bicep::expression::{Entry, Expr, ExprKind, For, Item, Key, Object, Spread};
use crate::bicep::format::document::{Doc, Line};
use crate::bicep::token::TokenKind;

impl<'a> Layout<'a, '_> {
    pub(super) fn expr(&mut self, expr: &Expr) -> Doc<'a> {
        match &expr.kind {
            ExprKind::Null | ExprKind::Bool(_) | ExprKind::Integer(_) | ExprKind::Variable(_) => {
                self.token()
            }
            ExprKind::String(_) => self.string(),
            ExprKind::Object(object) => self.object(object),
            ExprKind::Array(items) => self.array(items),
            ExprKind::Paren(inner) => self.paren(inner),
            ExprKind::Unary { operand, .. } => {
                let operator = self.token();
                Doc::Glue(vec![operator, self.expr(operand)])
            }
            ExprKind::Binary { left, right, .. } => {
                let left = self.expr(left);
                let operator = self.token();
                Doc::spread([left, operator, self.expr(right)])
            }
            ExprKind::Ternary {
                condition,
                then,
                otherwise,
            } => self.ternary(condition, then, otherwise),
            ExprKind::Call { arguments, .. } => {
                let name = self.token();
                Doc::Glue(vec![name, self.arguments(arguments)])
            }
            ExprKind::Lambda { parameters, body } => self.lambda(parameters.len(), body),
            ExprKind::For(it) => self.for_loop(it),
            ExprKind::If { condition, body } => {
                let keyword = self.token();
                let condition = self.paren(condition);
                Doc::spread([keyword, condition, self.expr(body)])
            }
            _ => self.access(expr),
        }
    }

    /// What is taken from a value.
    fn access(&mut self, expr: &Expr) -> Doc<'a> {
        let mut docs = Vec::new();
        match &expr.kind {
            ExprKind::MethodCall {
                object, arguments, ..
            } => {
                docs.push(self.expr(object));
                docs.extend([self.token(), self.token()]);
                docs.push(self.arguments(arguments));
            }
            ExprKind::Member { object, safe, .. } => {
                docs.push(self.expr(object));
                docs.extend([self.token(), self.token()]);
                docs.extend(safe.then(|| self.token()));
            }
            ExprKind::Nested { object, .. } => {
                docs.push(self.expr(object));
                docs.extend([self.token(), self.token()]);
            }
            ExprKind::NonNull(object) => {
                docs.push(self.expr(object));
                docs.push(self.token());
            }
            ExprKind::Index {
                object,
                safe,
                from_end,
                index,
            } => {
                docs.push(self.expr(object));
                docs.push(self.token());
                docs.extend(safe.then(|| self.token()));
                docs.extend(from_end.then(|| self.token()));
                docs.push(self.expr(index));
                docs.push(self.token());
            }
            _ => {}
        }
        Doc::Glue(docs)
    }

    /// A value in parentheses, which Bicep wants on one line.
    fn paren(&mut self, inner: &Expr) -> Doc<'a> {
        let open = self.token();
        self.foreign |= self.is(TokenKind::Newline);
        self.gap();
        let inner = self.expr(inner);
        self.foreign |= self.is(TokenKind::Newline);
        self.gap();
        Doc::Glue(vec![open, inner, self.token()])
    }

    fn ternary(&mut self, condition: &Expr, then: &Expr, otherwise: &Expr) -> Doc<'a> {
        self.indented(None, |it| {
            let mut docs = vec![it.expr(condition)];
            for branch in [then, otherwise] {
                docs.extend(it.gap());
                let mark = it.token();
                let branch = Doc::Indent(vec![it.expr(branch)]);
                docs.push(Doc::spread([mark, branch]));
            }
            docs
        })
    }

    fn lambda(&mut self, parameters: usize, body: &Expr) -> Doc<'a> {
        let variables = if self.is(TokenKind::LeftParen) {
            self.names(parameters)
        } else {
            self.token()
        };
        let arrow = self.token();
        let body = if self.needs_group(body) {
            self.indented(Some(Line::Empty), |it| it.on_new_line(body))
        } else {
            self.gap();
            self.expr(body)
        };
        Doc::spread([variables, arrow, body])
    }

    /// Whether a body after `=>` may start on a line of its own.
    pub(super) fn needs_group(&self, body: &Expr) -> bool {
        let rest = self.pieces.get(self.at..).unwrap_or_default();
        let mut newlines = rest
            .iter()
            .take_while(|piece| piece.kind == Some(TokenKind::Newline));
        !matches!(body.kind, ExprKind::Object(_) | ExprKind::Array(_))
            || newlines.any(|piece| !piece.leading.is_empty())
    }

    /// Comments on lines before a value, and the value.
    pub(super) fn on_new_line(&mut self, value: &Expr) -> Vec<Doc<'a>> {
        let mut docs = self.gap();
        docs.push(self.expr(value));
        docs
    }

    /// Plain names in parentheses.
    fn names(&mut self, count: usize) -> Doc<'a> {
        self.bracket(PARAMETERS, false, |it| {
            it.listed(&vec![(); count], |it, ()| it.token())
        })
    }

    fn for_loop(&mut self, it: &For) -> Doc<'a> {
        self.bracket(LOOP, true, |layout| {
            let mut docs = layout.gap();
            let keyword = layout.token();
            let variables = if it.index.is_some() {
                layout.names(2).flattened()
            } else {
                layout.token()
            };
            let word = layout.token();
            let items = layout.expr(&it.items);
            let items = Doc::Glue(vec![items, layout.token()]);
            let body = layout.expr(&it.body);
            docs.push(Doc::spread([keyword, variables, word, items, body]));
            docs.extend(layout.gap());
            docs
        })
    }

    pub(super) fn object(&mut self, object: &Object) -> Doc<'a> {
        let any = object
            .entries
            .iter()
            .any(|entry| matches!(entry, Entry::Property(_) | Entry::Resource(_)));
        self.bracket(BRACES, any, |it| {
            let mut docs = Vec::new();
            for entry in &object.entries {
                docs.extend(it.gap());
                it.entry(entry, &mut docs);
            }
            docs.extend(it.gap());
            docs
        })
    }

    fn entry(&mut self, entry: &Entry, docs: &mut Vec<Doc<'a>>) {
        match entry {
            Entry::Property(property) => {
                let key = self.key(&property.key);
                let key = Doc::Glue(vec![key, self.token()]);
                docs.push(Doc::spread([key, self.expr(&property.value)]));
            }
            Entry::Spread(spread) => docs.push(self.spread(spread)),
            Entry::Resource(resource) => docs.extend(self.decorated(resource)),
        }
    }

    pub(super) fn key(&mut self, key: &Key) -> Doc<'a> {
        match key {
            Key::Name(_) => self.token(),
            Key::String(_) => self.string(),
        }
    }

    fn array(&mut self, items: &[Item]) -> Doc<'a> {
        self.bracket(ARRAY, !items.is_empty(), |it| {
            let mut docs = Vec::new();
            for item in items {
                docs.extend(it.gap());
                docs.push(it.item(item));
            }
            docs.extend(it.gap());
            docs
        })
    }

    fn item(&mut self, item: &Item) -> Doc<'a> {
        match item {
            Item::Value(value) => self.expr(value),
            Item::Spread(spread) => self.spread(spread),
        }
    }

    fn spread(&mut self, spread: &Spread) -> Doc<'a> {
        let dots = self.token();
        Doc::Glue(vec![dots, self.expr(&spread.value)])
    }
}
