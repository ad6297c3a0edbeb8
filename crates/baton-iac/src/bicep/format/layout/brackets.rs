//! What stands in brackets, and tails that are indented.

use super::Layout;
use crate::bicep::expression::{Expr, ExprKind};
use crate::bicep::format::document::{Doc, Line, collapsed, separated};
use crate::bicep::token::TokenKind;

/// How brackets are broken.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Between items.
    separator: Line,
    /// Between the brackets and the items.
    padding: Line,
    /// Whether a line break after the opening bracket is kept.
    keeps_break: bool,
    /// Whether a single item gets a line of its own.
    indents_one: bool,
}

pub(super) const BRACES: Style = Style {
    separator: Line::Comma,
    padding: Line::Space,
    keeps_break: true,
    indents_one: true,
};
pub(super) const ARRAY: Style = Style {
    padding: Line::Empty,
    ..BRACES
};
pub(super) const TUPLE: Style = Style {
    keeps_break: false,
    ..ARRAY
};
pub(super) const LOOP: Style = Style {
    separator: Line::Empty,
    ..TUPLE
};
pub(super) const PARAMETERS: Style = Style {
    separator: Line::Space,
    ..TUPLE
};
pub(super) const TYPE_ARGUMENTS: Style = Style {
    keeps_break: true,
    ..PARAMETERS
};
const ARGUMENTS: Style = Style {
    indents_one: false,
    ..PARAMETERS
};

impl<'a> Layout<'a, '_> {
    /// Brackets and what stands in them; `any` tells whether that is more than comments.
    pub(super) fn bracket(
        &mut self,
        style: Style,
        any: bool,
        items: impl FnOnce(&mut Self) -> Vec<Doc<'a>>,
    ) -> Doc<'a> {
        let open = self.token();
        let kept = style.keeps_break && any && self.is(TokenKind::Newline);
        let before = self.breaks;
        let mut items = collapsed(items(self));
        let deferred = std::mem::take(&mut self.deferred);
        let empty_lines = items.iter().filter(|doc| doc.is_hard()).count();
        self.breaks += i32::try_from(empty_lines).unwrap_or(i32::MAX / 2);
        let mut broken = kept || self.breaks > before;
        self.breaks += deferred;
        let mut closing = self.parts();
        let close = closing.pop().unwrap_or(Doc::text(""));
        broken |= !closing.is_empty();
        items.extend(closing);
        if items.is_empty() {
            return Doc::Glue(vec![open, close]);
        }
        if let [only] = items.as_slice()
            && !style.indents_one
            && !only.has_suffix()
        {
            let mut docs = vec![open];
            docs.append(&mut items);
            docs.push(close);
            return Doc::Glue(docs);
        }
        if broken {
            self.breaks += 1;
        }
        let mut inner = vec![Doc::Line(style.padding)];
        inner.extend(separated(items, style.separator));
        let docs = vec![open, Doc::Indent(inner), Doc::Line(style.padding), close];
        if broken {
            Doc::Glue(docs)
        } else {
            Doc::Group(docs)
        }
    }

    /// Items with a comma after each but the last.
    pub(super) fn listed<T>(
        &mut self,
        items: &[T],
        mut layout: impl FnMut(&mut Self, &T) -> Doc<'a>,
    ) -> Vec<Doc<'a>> {
        let mut docs = Vec::new();
        for (at, item) in items.iter().enumerate() {
            docs.extend(self.gap());
            let doc = layout(self, item);
            docs.push(if at + 1 < items.len() {
                Doc::Glue(vec![doc, Doc::text(",")])
            } else {
                doc
            });
        }
        docs.extend(self.gap());
        docs
    }

    /// `(…)` after the name of a function.
    pub(super) fn arguments(&mut self, arguments: &[Expr]) -> Doc<'a> {
        let last = arguments.last().filter(|_| arguments.len() > 1);
        self.bracket(ARGUMENTS, false, |it| {
            it.listed(arguments, |it, argument| it.argument(argument, last))
        })
    }

    fn argument(&mut self, argument: &Expr, last: Option<&Expr>) -> Doc<'a> {
        let before = self.breaks;
        let doc = self.expr(argument);
        let is_last = last.is_some_and(|last| std::ptr::eq(last, argument));
        if !is_last || !has_body(argument) || self.ends_in_comment() {
            return doc;
        }
        // What only its body breaks leaves the call alone, not what is around the call.
        self.deferred = self.breaks - before;
        self.breaks = before;
        tail(argument, doc)
    }

    /// Whether the rest of the line behind the last token is a comment.
    fn ends_in_comment(&self) -> bool {
        let last = self.at.checked_sub(1).and_then(|at| self.pieces.get(at));
        last.is_some_and(|last| {
            let comments = &last.trailing;
            comments.iter().any(|it| it.kind == TokenKind::LineComment)
        })
    }

    /// A tail on lines of its own, unless all of it fits.
    pub(super) fn indented(
        &mut self,
        first: Option<Line>,
        layout: impl FnOnce(&mut Self) -> Vec<Doc<'a>>,
    ) -> Doc<'a> {
        let before = self.breaks;
        let mut docs = layout(self);
        docs.retain(|doc| !doc.is_line());
        let mut inner: Vec<Doc<'a>> = first.map(Doc::Line).into_iter().collect();
        inner.extend(separated(docs, Line::Space));
        let indent = Doc::Indent(inner);
        if indent.has_suffix() {
            self.breaks -= 1;
        }
        if self.breaks > before {
            Doc::Glue(vec![indent])
        } else {
            Doc::Group(vec![indent])
        }
    }
}

/// Whether a last argument may break its own lines inside an unbroken call.
fn has_body(argument: &Expr) -> bool {
    match &argument.kind {
        ExprKind::Object(_) | ExprKind::Array(_) => true,
        ExprKind::Lambda { body, .. } => {
            matches!(body.kind, ExprKind::Object(_) | ExprKind::Array(_))
        }
        _ => false,
    }
}

fn tail<'a>(argument: &Expr, doc: Doc<'a>) -> Doc<'a> {
    let Doc::Glue(mut docs) = doc else {
        return doc;
    };
    if !matches!(argument.kind, ExprKind::Lambda { .. }) {
        return Doc::Tail(docs);
    }
    if let Some(Doc::Glue(body)) = docs.last_mut() {
        let body = std::mem::take(body);
        docs.pop();
        docs.push(Doc::Tail(body));
    }
    Doc::Glue(docs)
}
