//! From the expressions of ARM to those of the model.

use baton_source::Span;
use baton_syntax::json::{self, Dialect};

use super::{Lowering, Named, place::Place, value};
use crate::arm::{self, ExprKind as TreeKind};
use crate::model::{Expr, ExprKind, Key, Operator, Property, Step, TemplatePart};

/// Lowers one expression of the string at `place`.
pub(super) fn lower(lowering: &Lowering<'_>, tree: &arm::Expr, place: &Place) -> Expr {
    let span = place.span(tree.span);
    let kind = match &tree.kind {
        TreeKind::String(text) => ExprKind::String(text.clone()),
        TreeKind::Number(lexeme) => ExprKind::Number(lexeme.clone()),
        TreeKind::Call { name, arguments } => match arguments.as_slice() {
            [only] if let Some(address) = reference(lowering, name, only) => ExprKind::Reference {
                root: address,
                path: Vec::new(),
            },
            arguments if name.eq_ignore_ascii_case("copyIndex") => round(lowering, arguments),
            arguments => {
                let all = arguments.iter();
                let all = all.map(|argument| lower(lowering, argument, place));
                call((name, span), all.collect())
            }
        },
        TreeKind::Access { base, path } => {
            let path = path.iter().map(|step| match step {
                arm::Step::Name(name) => Step::Name(name.clone()),
                arm::Step::Index(index) => Step::Index(lower(lowering, index, place)),
            });
            access(lower(lowering, base, place), path.collect())
        }
    };
    Expr::new(span, kind)
}

/// The address of `parameters('x')` or `variables('x')`.
fn reference(lowering: &Lowering<'_>, function: &str, argument: &arm::Expr) -> Option<String> {
    let TreeKind::String(name) = &argument.kind else {
        return None;
    };
    let named = match function.to_ascii_lowercase().as_str() {
        "parameters" => Named::Parameter,
        "variables" => Named::Variable,
        _ => return None,
    };
    Some(lowering.address(named, name))
}

/// The name of the number of a loop's round.
pub(super) fn index(name: &str) -> String {
    format!("copyIndex('{name}')")
}

/// `copyIndex()` is of the resource's loop, or of the one around a variable; an offset is not added.
fn round(lowering: &Lowering<'_>, arguments: &[arm::Expr]) -> ExprKind {
    let name = match arguments.first().map(|argument| &argument.kind) {
        None => lowering.loops.first().cloned(),
        Some(TreeKind::String(name)) => Some(name.to_ascii_lowercase()),
        Some(_) => None,
    };
    match name {
        Some(name) if arguments.len() < 2 => ExprKind::Reference {
            root: index(&name),
            path: Vec::new(),
        },
        _ => ExprKind::Unknown,
    }
}

fn access(base: Expr, path: Vec<Step>) -> ExprKind {
    match base.kind {
        ExprKind::Unknown => ExprKind::Unknown,
        ExprKind::Reference {
            root,
            path: mut first,
        } => {
            first.extend(path);
            ExprKind::Reference { root, path: first }
        }
        kind => ExprKind::Access {
            base: Box::new(Expr::new(base.span, kind)),
            path,
        },
    }
}

/// What a function does in words of the model; names of functions ignore case.
fn call((name, span): (&str, Span), mut arguments: Vec<Expr>) -> ExprKind {
    let lowercase = name.to_ascii_lowercase();
    match (lowercase.as_str(), arguments.len()) {
        ("null", 0) => ExprKind::Null,
        ("true", 0) => ExprKind::Bool(true),
        ("false", 0) => ExprKind::Bool(false),
        ("if", 3) => {
            let mut all = arguments.into_iter();
            match (all.next(), all.next(), all.next()) {
                (Some(condition), Some(then), Some(otherwise)) => ExprKind::Conditional {
                    condition: Box::new(condition),
                    then: Box::new(then),
                    otherwise: Box::new(otherwise),
                },
                _ => ExprKind::Unknown,
            }
        }
        ("not", 1) => operation(Operator::Not, arguments),
        ("equals", 2) => operation(Operator::Equal, arguments),
        ("and", 2..) => operation(Operator::And, arguments),
        ("or", 2..) => operation(Operator::Or, arguments),
        ("createarray", _) => ExprKind::Array(arguments),
        ("createobject", count) if count % 2 == 0 => object(arguments),
        ("tryget", 2..) => {
            let base = arguments.remove(0);
            access(base, arguments.into_iter().map(optional).collect())
        }
        ("format", 1..) => format(arguments),
        ("json", 1) => match arguments.first().and_then(Expr::as_str) {
            Some(text) => parsed(text, span),
            None => other(name, arguments),
        },
        // A function of the template's own has a namespace: nothing is known of it.
        (lowercase, _) if lowercase.contains('.') => ExprKind::Unknown,
        (lowercase, _) => other(canonical(lowercase).unwrap_or(name), arguments),
    }
}

/// Functions that the evaluator knows, in its spelling.
fn canonical(lowercase: &str) -> Option<&'static str> {
    let known = [
        "union", "concat", "coalesce", "bool", "string", "int", "toLower", "toUpper",
    ];
    known
        .into_iter()
        .find(|name| name.eq_ignore_ascii_case(lowercase))
}

fn other(name: &str, arguments: Vec<Expr>) -> ExprKind {
    ExprKind::Call {
        name: name.to_owned(),
        arguments,
    }
}

fn operation(operator: Operator, operands: Vec<Expr>) -> ExprKind {
    ExprKind::Operation { operator, operands }
}

/// `createObject('key', value, …)`
fn object(arguments: Vec<Expr>) -> ExprKind {
    let mut properties = Vec::with_capacity(arguments.len() / 2);
    let mut rest = arguments.into_iter();
    while let (Some(key), Some(value)) = (rest.next(), rest.next()) {
        let key_span = key.span;
        properties.push(Property {
            key: match key.kind {
                ExprKind::String(name) => Key::Name(name),
                kind => Key::Computed(Expr::new(key_span, kind)),
            },
            key_span,
            value,
            block: false,
        });
    }
    ExprKind::Object(properties)
}

fn optional(key: Expr) -> Step {
    match key.kind {
        ExprKind::String(name) => Step::Optional(name),
        // An item that may be missing would have to become null.
        _ => Step::Other,
    }
}

/// `format('{0}-{1}', …)` as a text with values in it.
fn format(arguments: Vec<Expr>) -> ExprKind {
    let Some((pattern, values)) = arguments.split_first() else {
        return ExprKind::Unknown;
    };
    let Some(mut rest) = pattern.as_str() else {
        return other("format", arguments);
    };
    let mut parts = Vec::new();
    let mut literal = String::new();
    while let Some(at) = rest.find(['{', '}']) {
        let (plain, behind) = rest.split_at(at);
        literal.push_str(plain);
        let (sign, behind) = behind.split_at(1);
        if let Some(doubled) = behind.strip_prefix(sign) {
            literal.push_str(sign);
            rest = doubled;
            continue;
        }
        let Some((hole, behind)) = behind.split_once('}') else {
            return ExprKind::Unknown;
        };
        let value = hole.parse().ok().and_then(|at: usize| values.get(at));
        parts.push(TemplatePart::Literal(std::mem::take(&mut literal)));
        parts.push(TemplatePart::Value(match value {
            Some(value) => value.clone(),
            None => Expr::new(pattern.span, ExprKind::Unknown),
        }));
        rest = behind;
    }
    literal.push_str(rest);
    if parts.is_empty() {
        return ExprKind::String(literal);
    }
    parts.push(TemplatePart::Literal(literal));
    parts.retain(|part| !matches!(part, TemplatePart::Literal(text) if text.is_empty()));
    ExprKind::Template(parts)
}

/// `json('…')`: everything in it stands where the call does.
fn parsed(text: &str, span: Span) -> ExprKind {
    let Some(root) = json::parse(text, Dialect::WithComments).root else {
        return ExprKind::Unknown;
    };
    let mut lowered = value::literal(&root);
    lowered.place_at(span);
    lowered.kind
}
