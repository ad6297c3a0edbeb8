//! The names that an expression mentions.

use baton_source::Span;
use hcl_edit::expr::{
    Array, BinaryOp, BinaryOperator, Expression, ForExpr, FuncCall, ObjectKey, Traversal,
    TraversalOperator,
};
use hcl_edit::template::{Directive, Element, ForDirective, IfDirective, StringTemplate, Strip};

use super::super::Lowering;
use super::{Hop, HopKind, Reference, Remark, RemarkKind};

/// Functions that have an answer for a value that is not there.
const GUARDS: [&str; 2] = ["try", "can"];

/// What an expression refers to; spellings worth a remark are added to `remarks`.
pub(super) fn of(
    lowering: &mut Lowering<'_>,
    remarks: &mut Vec<Remark>,
    expression: &Expression,
) -> Vec<Reference> {
    let mut walk = Walk {
        lowering,
        remarks,
        found: Vec::new(),
        guards: 0,
        lazy: 0,
    };
    walk.expression(expression);
    walk.found
}

struct Walk<'w, 't> {
    lowering: &'w mut Lowering<'t>,
    remarks: &'w mut Vec<Remark>,
    found: Vec<Reference>,
    guards: usize,
    lazy: usize,
}

impl Walk<'_, '_> {
    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Null(_)
            | Expression::Bool(_)
            | Expression::Number(_)
            | Expression::String(_) => {}
            Expression::Array(array) => {
                for item in array {
                    self.expression(item);
                }
            }
            Expression::Object(object) => {
                for (key, value) in object {
                    self.key(key);
                    self.expression(value.expr());
                }
            }
            Expression::StringTemplate(template) => {
                self.lone(expression, template);
                self.elements(template.iter());
            }
            Expression::HeredocTemplate(heredoc) => self.elements(heredoc.template.iter()),
            Expression::Parenthesis(inner) => self.expression(inner.inner()),
            Expression::Variable(name) => {
                let span = self.lowering.span(name);
                self.refer(name.as_str(), Vec::new(), span);
            }
            Expression::Traversal(traversal) => self.traversal(expression, traversal),
            Expression::Conditional(conditional) => {
                self.expression(&conditional.cond_expr);
                self.lazy += 1;
                self.expression(&conditional.true_expr);
                self.expression(&conditional.false_expr);
                self.lazy -= 1;
            }
            Expression::FuncCall(call) => self.call(expression, call),
            Expression::UnaryOp(unary) => self.expression(&unary.expr),
            Expression::BinaryOp(binary) => self.operation(expression, binary),
            Expression::ForExpr(for_expr) => self.comprehension(for_expr),
        }
    }

    fn key(&mut self, key: &ObjectKey) {
        if let ObjectKey::Expression(key) = key {
            self.expression(key);
        }
    }

    /// A remark on a string that is nothing but an interpolation.
    fn lone(&mut self, expression: &Expression, template: &StringTemplate) {
        let mut elements = template.iter();
        let (first, second) = (elements.next(), elements.next());
        if let (Some(Element::Interpolation(only)), None) = (first, second)
            && only.strip == Strip::None
        {
            let span = self.lowering.span(expression);
            self.remark(RemarkKind::LoneInterpolation, span);
        }
    }

    fn operation(&mut self, expression: &Expression, binary: &BinaryOp) {
        let operator = *binary.operator.value();
        let is_empty = |side: &Expression| side.as_array().is_some_and(Array::is_empty);
        let compares = matches!(operator, BinaryOperator::Eq | BinaryOperator::NotEq);
        if compares && (is_empty(&binary.lhs_expr) || is_empty(&binary.rhs_expr)) {
            let span = self.lowering.span(expression);
            self.remark(RemarkKind::EmptyListComparison, span);
        }
        let stops = matches!(operator, BinaryOperator::And | BinaryOperator::Or);
        self.expression(&binary.lhs_expr);
        self.lazy += usize::from(stops);
        self.expression(&binary.rhs_expr);
        self.lazy -= usize::from(stops);
    }

    fn elements<'e>(&mut self, elements: impl Iterator<Item = &'e Element>) {
        for element in elements {
            match element {
                Element::Literal(_) => {}
                Element::Interpolation(inner) => self.expression(&inner.expr),
                Element::Directive(directive) => match directive.as_ref() {
                    Directive::If(condition) => self.chosen(condition),
                    Directive::For(repeated) => self.repeated(repeated),
                },
            }
        }
    }

    fn chosen(&mut self, directive: &IfDirective) {
        self.expression(&directive.if_expr.cond_expr);
        self.lazy += 1;
        self.elements(directive.if_expr.template.iter());
        if let Some(otherwise) = &directive.else_expr {
            self.elements(otherwise.template.iter());
        }
        self.lazy -= 1;
    }

    fn repeated(&mut self, directive: &ForDirective) {
        let head = &directive.for_expr;
        self.expression(&head.collection_expr);
        let bound = self.lowering.iterators.len();
        for name in head.key_var.iter().chain([&head.value_var]) {
            self.lowering.iterators.push(name.to_string());
        }
        self.lazy += 1;
        self.elements(head.template.iter());
        self.lazy -= 1;
        self.lowering.iterators.truncate(bound);
    }

    fn comprehension(&mut self, for_expr: &ForExpr) {
        let intro = &for_expr.intro;
        self.expression(&intro.collection_expr);
        let bound = self.lowering.iterators.len();
        for name in intro.key_var.iter().chain([&intro.value_var]) {
            self.lowering.iterators.push(name.to_string());
        }
        self.lazy += 1;
        if let Some(key) = &for_expr.key_expr {
            self.expression(key);
        }
        self.expression(&for_expr.value_expr);
        if let Some(condition) = &for_expr.cond {
            self.expression(&condition.expr);
        }
        self.lazy -= 1;
        self.lowering.iterators.truncate(bound);
    }

    fn call(&mut self, expression: &Expression, call: &FuncCall) {
        let is_own = !call.name.is_namespaced();
        let name = call.name.name.as_str();
        if is_own && name == "lookup" && call.args.len() == 2 && !call.args.expand_final() {
            let span = self.lowering.span(expression);
            self.remark(RemarkKind::ShortLookup, span);
        }
        let guard = usize::from(is_own && GUARDS.contains(&name));
        self.guards += guard;
        for argument in &call.args {
            self.expression(argument);
        }
        self.guards -= guard;
    }

    fn traversal(&mut self, expression: &Expression, traversal: &Traversal) {
        let start = self.lowering.span(&traversal.expr);
        let mut end = start;
        let mut hops = Vec::new();
        for operator in &traversal.operators {
            let span = self.lowering.span(operator);
            end = end.to(span);
            let kind = match operator.value() {
                TraversalOperator::GetAttr(name) => HopKind::Name(name.to_string()),
                TraversalOperator::LegacyIndex(index) => {
                    let whole = self.lowering.span(expression);
                    self.remark(RemarkKind::LegacyIndex, whole);
                    HopKind::Key(index.to_string())
                }
                TraversalOperator::Index(index) => self.index(index),
                TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => HopKind::Splat,
            };
            hops.push(Hop { kind, span });
        }
        match &traversal.expr {
            Expression::Variable(name) => {
                let span = Span::new(start.start as usize, end.end as usize);
                self.refer(name.as_str(), hops, span);
            }
            base => self.expression(base),
        }
    }

    fn index(&mut self, index: &Expression) -> HopKind {
        match index {
            Expression::String(key) => HopKind::Key(key.value().clone()),
            Expression::Number(number) => HopKind::Key(number.value().to_string()),
            computed => {
                self.expression(computed);
                HopKind::Computed
            }
        }
    }

    fn refer(&mut self, root: &str, hops: Vec<Hop>, span: Span) {
        if self.lowering.iterators.iter().any(|bound| bound == root) {
            return;
        }
        self.found.push(Reference {
            root: root.to_owned(),
            hops,
            span,
            is_guarded: self.guards > 0,
            is_lazy: self.lazy > 0,
        });
    }

    fn remark(&mut self, kind: RemarkKind, span: Span) {
        self.remarks.push(Remark { kind, span });
    }
}
