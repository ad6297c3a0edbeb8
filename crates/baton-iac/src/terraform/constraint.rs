//! Types of variables, and whether a literal is of such a type after Terraform's conversions.
//!
//! Whatever has to be computed fits every type.

use baton_source::Span;

use crate::model::{Expr, ExprKind, Operator};

mod fit;

pub use fit::{Misfit, misfits};

/// A type as a variable states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `any`, or what could not be read.
    Any,
    /// `string`.
    String,
    /// `number`.
    Number,
    /// `bool`.
    Bool,
    /// `list(…)`.
    List(Box<Type>),
    /// `set(…)`.
    Set(Box<Type>),
    /// `map(…)`.
    Map(Box<Type>),
    /// `tuple([…])`.
    Tuple(Vec<Type>),
    /// `object({…})`.
    Object(Vec<Field>),
}

/// An attribute of an object type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: Type,
    /// Whether it may be left out: `optional(…)`.
    pub is_optional: bool,
}

/// Why something is no type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeError {
    /// Where.
    pub span: Span,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What it might have been meant to be.
    pub meant: Option<&'static str>,
}

const SIMPLE: [&str; 4] = ["any", "bool", "number", "string"];
const COMPLEX: [&str; 6] = ["list", "map", "object", "optional", "set", "tuple"];

/// Reads the value of the argument `type`; errors are in the order of the text.
pub fn constraint(value: &Expr) -> (Type, Vec<TypeError>) {
    let mut errors = Vec::new();
    let kind = match &value.kind {
        // The short forms of old: a list or a map of anything.
        ExprKind::Reference { root, path } if path.is_empty() && root == "list" => {
            Type::List(Box::new(Type::Any))
        }
        ExprKind::Reference { root, path } if path.is_empty() && root == "map" => {
            Type::Map(Box::new(Type::Any))
        }
        _ => read(value, &mut errors),
    };
    (kind, errors)
}

fn read(value: &Expr, errors: &mut Vec<TypeError>) -> Type {
    match &value.kind {
        ExprKind::Reference { root, path } if path.is_empty() => simple(root, value.span, errors),
        ExprKind::Call { name, arguments } => complex(name, (value, arguments), errors),
        // What lowering does not keep may be anything.
        ExprKind::Unknown => Type::Any,
        _ => {
            let message = "this is no type".to_owned();
            refuse(errors, value.span, message)
        }
    }
}

fn refuse(errors: &mut Vec<TypeError>, span: Span, message: String) -> Type {
    errors.push(TypeError {
        span,
        message,
        meant: None,
    });
    Type::Any
}

fn simple(name: &str, span: Span, errors: &mut Vec<TypeError>) -> Type {
    match name {
        "any" => Type::Any,
        "string" => Type::String,
        "number" => Type::Number,
        "bool" => Type::Bool,
        _ if COMPLEX.contains(&name) => {
            let message = format!("`{name}` needs an argument, the type of what it holds");
            refuse(errors, span, message)
        }
        _ => {
            errors.push(TypeError {
                span,
                message: format!("`{name}` is no type"),
                meant: baton_source::nearest(name, SIMPLE),
            });
            Type::Any
        }
    }
}

fn complex(name: &str, call: (&Expr, &[Expr]), errors: &mut Vec<TypeError>) -> Type {
    let (whole, arguments) = call;
    if !COMPLEX.contains(&name) || name == "optional" {
        let message = match name {
            "optional" => "`optional` stands outside of an object's attributes".to_owned(),
            _ if SIMPLE.contains(&name) => format!("`{name}` takes no argument"),
            _ => format!("`{name}` makes no type"),
        };
        errors.push(TypeError {
            span: whole.span,
            message,
            meant: baton_source::nearest(name, COMPLEX).filter(|meant| *meant != "optional"),
        });
        return Type::Any;
    }
    let [argument] = arguments else {
        let message = format!("`{name}` takes one argument");
        return refuse(errors, whole.span, message);
    };
    let inner = |errors: &mut Vec<TypeError>| Box::new(read(argument, errors));
    match (name, &argument.kind) {
        ("list", _) => Type::List(inner(errors)),
        ("set", _) => Type::Set(inner(errors)),
        ("map", _) => Type::Map(inner(errors)),
        ("tuple", ExprKind::Array(items)) => {
            Type::Tuple(items.iter().map(|item| read(item, errors)).collect())
        }
        ("object", ExprKind::Object(_)) => Type::Object(fields(argument, errors)),
        ("object" | "tuple", ExprKind::Unknown) => Type::Any,
        ("tuple", _) => {
            let message = "`tuple` takes a list of types in brackets".to_owned();
            refuse(errors, argument.span, message)
        }
        _ => {
            let message = "`object` takes names and types in braces".to_owned();
            refuse(errors, argument.span, message)
        }
    }
}

fn fields(object: &Expr, errors: &mut Vec<TypeError>) -> Vec<Field> {
    let mut fields = Vec::new();
    for property in object.properties() {
        let Some(name) = property.name() else {
            continue;
        };
        let (kind, is_optional) = match &property.value.kind {
            ExprKind::Call { name, arguments } if name == "optional" => {
                (optional(&property.value, arguments, errors), true)
            }
            _ => (read(&property.value, errors), false),
        };
        fields.push(Field {
            name: name.to_owned(),
            kind,
            is_optional,
        });
    }
    fields
}

/// The type in `optional(type, default)`; the default must be of it.
fn optional(whole: &Expr, arguments: &[Expr], errors: &mut Vec<TypeError>) -> Type {
    match arguments {
        [kind] => read(kind, errors),
        [kind, default] => {
            let kind = read(kind, errors);
            for misfit in misfits(default, &kind) {
                let message = format!("the default does not fit: {}", misfit.message);
                refuse(errors, misfit.span, message);
            }
            kind
        }
        _ => {
            let message = "`optional` takes a type and at most a default".to_owned();
            refuse(errors, whole.span, message)
        }
    }
}

impl Type {
    /// The type of what is taken out of a value by a name or a literal key; `None` if nothing
    /// of that name is there, or [`Type::Any`] where it cannot be told.
    pub fn member(&self, key: &str) -> Option<&Type> {
        match self {
            Type::Object(fields) => {
                let field = fields.iter().find(|field| field.name == key)?;
                Some(&field.kind)
            }
            Type::Map(inner) => Some(inner),
            Type::List(inner) if key.parse::<u64>().is_ok() => Some(inner),
            _ => Some(&Type::Any),
        }
    }
}

/// A number with its sign, if the expression is one.
fn is_number(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Number(_) => true,
        ExprKind::Operation { operator, operands } => {
            *operator == Operator::Negate && operands.iter().all(is_number)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
