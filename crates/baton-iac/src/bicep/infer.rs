//! What can be told of a value without the types of resources.
//!
//! Every answer is certain; what depends on a resource's schema, on another file or on a function
//! that is not listed has no answer.

use std::cell::Cell;

use super::expression::{Expr, ExprKind, StringPart};
use super::symbols::{SymbolKind, Symbols};
use super::tree::{DeclarationKind, File};
use super::types::{TypeExpr, TypeKind};

/// How many names are followed, one from the other.
const MAX_DEPTH: u32 = 16;
/// How many parts of values are looked at for one answer.
const MAX_STEPS: u32 = 2_000;
/// No answer is a longer text.
const MAX_TEXT: usize = 64 * 1024;

/// The way to a part of a value, and what may still be looked at.
#[derive(Clone, Copy)]
struct Way<'s> {
    depth: u32,
    left: &'s Cell<u32>,
}

impl Way<'_> {
    fn further(self) -> Self {
        let depth = self.depth + 1;
        Way { depth, ..self }
    }

    /// Counts a step; `false` when there were too many.
    fn goes_on(self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0 && self.depth <= MAX_DEPTH
    }
}

/// Answers a question that is new.
fn ask<T>(answer: impl FnOnce(Way<'_>) -> T) -> T {
    let left = Cell::new(MAX_STEPS);
    answer(Way {
        depth: 0,
        left: &left,
    })
}

/// The kinds of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// A number.
    Int,
    /// `true` or `false`.
    Bool,
    /// An object.
    Object,
    /// A list.
    Array,
}

/// A file and its names.
#[derive(Clone, Copy)]
pub struct Names<'t> {
    /// The tree.
    pub file: &'t File,
    /// Its names.
    pub symbols: &'t Symbols,
}

/// Functions that always give text, by September 2026.
const TEXT_FUNCTIONS: &[&str] = &[
    "base64",
    "base64ToString",
    "format",
    "guid",
    "join",
    "loadFileAsBase64",
    "loadTextContent",
    "newGuid",
    "padLeft",
    "replace",
    "resourceId",
    "string",
    "subscriptionResourceId",
    "substring",
    "tenantResourceId",
    "toLower",
    "toUpper",
    "trim",
    "uniqueString",
    "uri",
    "uriComponent",
    "uriComponentToString",
    "utcNow",
];

impl<'t> Names<'t> {
    /// The kind of a value; `None` when it may be another or null.
    pub fn type_of(self, expr: &'t Expr) -> Option<Type> {
        ask(|way| self.typed(expr, way))
    }

    /// The text of a value that is always the same, variables followed.
    pub fn literal(self, expr: &'t Expr) -> Option<String> {
        ask(|way| self.constant(expr, way))
    }

    /// What a variable, or a member of one, is set to; anything else is itself.
    pub fn follow(self, expr: &'t Expr) -> &'t Expr {
        ask(|way| self.followed(expr, way))
    }

    fn followed(self, expr: &'t Expr, way: Way<'_>) -> &'t Expr {
        let next = match &expr.kind {
            _ if !way.goes_on() => None,
            ExprKind::Variable(_) => self.variable(expr),
            ExprKind::Member { object, name, .. } => {
                match &self.followed(object, way.further()).kind {
                    ExprKind::Object(object) => object.get(&name.text).map(|it| &it.value),
                    _ => None,
                }
            }
            _ => None,
        };
        next.map_or(expr, |next| self.followed(next, way.further()))
    }

    /// The value of the variable that an expression is.
    fn variable(self, expr: &Expr) -> Option<&'t Expr> {
        let ExprKind::Variable(name) = &expr.kind else {
            return None;
        };
        let declaration = self.declaration(self.symbols.target(name.span)?)?;
        match &declaration.kind {
            DeclarationKind::Var(it) => Some(&it.value),
            _ => None,
        }
    }

    /// The symbol that an expression names, variables for it followed.
    pub fn named(self, expr: &Expr) -> Option<usize> {
        let symbol = self.symbols.named(expr)?;
        match &self.declaration(symbol)?.kind {
            DeclarationKind::Var(it) => self.symbols.named(self.follow(&it.value)).or(Some(symbol)),
            _ => Some(symbol),
        }
    }

    /// The declaration of a symbol.
    pub fn declaration(self, symbol: usize) -> Option<&'t super::Declaration> {
        self.symbols.declaration(self.file, symbol)
    }

    fn constant(self, expr: &'t Expr, way: Way<'_>) -> Option<String> {
        if !way.goes_on() {
            return None;
        }
        match &expr.kind {
            ExprKind::Paren(inner) => self.constant(inner, way.further()),
            ExprKind::Variable(_) | ExprKind::Member { .. } => {
                let value = self.followed(expr, way);
                let named = std::ptr::eq(value, expr);
                (!named)
                    .then(|| self.constant(value, way.further()))
                    .flatten()
            }
            ExprKind::String(string) => self.text(&string.parts, way),
            _ => None,
        }
    }

    fn text(self, parts: &'t [StringPart], way: Way<'_>) -> Option<String> {
        let mut text = String::new();
        for part in parts {
            match part {
                StringPart::Text { value, .. } => text.push_str(value),
                StringPart::Expr(inner) => text.push_str(&self.constant(inner, way.further())?),
            }
            if text.len() > MAX_TEXT {
                return None;
            }
        }
        Some(text)
    }

    fn typed(self, expr: &'t Expr, way: Way<'_>) -> Option<Type> {
        if !way.goes_on() {
            return None;
        }
        match &expr.kind {
            ExprKind::String(_) => Some(Type::String),
            ExprKind::Integer(_) => Some(Type::Int),
            ExprKind::Bool(_) => Some(Type::Bool),
            ExprKind::Object(_) => Some(Type::Object),
            ExprKind::Array(_) | ExprKind::For(_) => Some(Type::Array),
            ExprKind::Paren(inner) => self.typed(inner, way.further()),
            ExprKind::Ternary {
                then, otherwise, ..
            } => {
                let first = self.typed(then, way.further())?;
                (self.typed(otherwise, way.further())? == first).then_some(first)
            }
            ExprKind::Variable(name) => {
                let declaration = self.declaration(self.symbols.target(name.span)?)?;
                match &declaration.kind {
                    DeclarationKind::Var(it) => self.typed(&it.value, way.further()),
                    DeclarationKind::Param(it) => self.declared(it.ty.as_ref()?),
                    _ => None,
                }
            }
            ExprKind::Call { name, arguments } => match name.text.as_str() {
                known if TEXT_FUNCTIONS.contains(&known) => Some(Type::String),
                "concat" => self.typed(arguments.first()?, way.further()),
                _ => None,
            },
            ExprKind::Member { object, name, .. } if self.is_told(object, &name.text) => {
                Some(Type::String)
            }
            ExprKind::Member { object, name, safe } => {
                let symbol = self.symbols.symbols.get(self.symbols.named(object)?)?;
                let text = matches!(name.text.as_str(), "id" | "name" | "type" | "apiVersion");
                (symbol.kind == SymbolKind::Resource && text && !safe).then_some(Type::String)
            }
            _ => None,
        }
    }

    /// Whether a property is one of those that Azure always tells, as text, of where it deploys to.
    fn is_told(self, object: &Expr, property: &str) -> bool {
        let ExprKind::Call { name, .. } = &object.kind else {
            return false;
        };
        let told: &[&str] = match name.text.as_str() {
            "resourceGroup" => &["id", "location", "name", "type"],
            "subscription" => &["displayName", "id", "subscriptionId", "tenantId"],
            "deployment" => &["name"],
            _ => return false,
        };
        self.symbols.target(name.span).is_none() && told.contains(&property)
    }

    /// The kind of value a written type takes.
    pub fn declared(self, ty: &'t TypeExpr) -> Option<Type> {
        ask(|way| self.written(ty, way))
    }

    fn written(self, ty: &'t TypeExpr, way: Way<'_>) -> Option<Type> {
        if !way.goes_on() {
            return None;
        }
        match &ty.kind {
            TypeKind::String(_) => Some(Type::String),
            TypeKind::Integer(_) => Some(Type::Int),
            TypeKind::Bool(_) => Some(Type::Bool),
            TypeKind::Object(_) => Some(Type::Object),
            TypeKind::Array(_) | TypeKind::Tuple(_) => Some(Type::Array),
            TypeKind::Paren(inner) | TypeKind::NonNull(inner) => self.written(inner, way.further()),
            TypeKind::Union(members) => {
                let first = self.written(members.first()?, way.further())?;
                let mut others = members.iter();
                others
                    .all(|it| self.written(it, way.further()) == Some(first))
                    .then_some(first)
            }
            TypeKind::Name(name) => match self.symbols.target(name.span) {
                Some(symbol) => match &self.declaration(symbol)?.kind {
                    DeclarationKind::Type(it) => self.written(&it.value, way.further()),
                    _ => None,
                },
                None => match name.text.as_str() {
                    "string" => Some(Type::String),
                    "int" => Some(Type::Int),
                    "bool" => Some(Type::Bool),
                    "object" => Some(Type::Object),
                    "array" => Some(Type::Array),
                    _ => None,
                },
            },
            _ => None,
        }
    }
}
