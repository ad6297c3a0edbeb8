//! What can be told of a value without the types of resources.
//!
//! Every answer is certain; what depends on a resource's schema, on another file or on a function
//! that is not listed has no answer.

use super::expression::{Expr, ExprKind, StringPart};
use super::symbols::{SymbolKind, Symbols};
use super::tree::{DeclarationKind, File};
use super::types::{TypeExpr, TypeKind};

/// How many names are followed.
const MAX_STEPS: u32 = 16;

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
        self.typed(expr, 0)
    }

    /// The text of a value that is always the same, variables followed.
    pub fn literal(self, expr: &'t Expr) -> Option<String> {
        self.constant(expr, 0)
    }

    /// What a variable, or a member of one, is set to; anything else is itself.
    pub fn follow(self, expr: &'t Expr) -> &'t Expr {
        self.followed(expr, 0)
    }

    fn followed(self, expr: &'t Expr, steps: u32) -> &'t Expr {
        let next = match &expr.kind {
            _ if steps > MAX_STEPS => None,
            ExprKind::Variable(_) => self.variable(expr),
            ExprKind::Member { object, name, .. } => match &self.followed(object, steps + 1).kind {
                ExprKind::Object(object) => object.get(&name.text).map(|it| &it.value),
                _ => None,
            },
            _ => None,
        };
        next.map_or(expr, |next| self.followed(next, steps + 1))
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

    fn constant(self, expr: &'t Expr, steps: u32) -> Option<String> {
        if steps > MAX_STEPS {
            return None;
        }
        match &expr.kind {
            ExprKind::Paren(inner) => self.constant(inner, steps + 1),
            ExprKind::Variable(_) | ExprKind::Member { .. } => {
                let value = self.followed(expr, steps);
                let named = std::ptr::eq(value, expr);
                (!named).then(|| self.constant(value, steps + 1)).flatten()
            }
            ExprKind::String(string) => {
                let parts = string.parts.iter().map(|part| match part {
                    StringPart::Text { value, .. } => Some(value.clone()),
                    StringPart::Expr(inner) => self.constant(inner, steps + 1),
                });
                parts.collect()
            }
            _ => None,
        }
    }

    fn typed(self, expr: &'t Expr, steps: u32) -> Option<Type> {
        if steps > MAX_STEPS {
            return None;
        }
        match &expr.kind {
            ExprKind::String(_) => Some(Type::String),
            ExprKind::Integer(_) => Some(Type::Int),
            ExprKind::Bool(_) => Some(Type::Bool),
            ExprKind::Object(_) => Some(Type::Object),
            ExprKind::Array(_) | ExprKind::For(_) => Some(Type::Array),
            ExprKind::Paren(inner) => self.typed(inner, steps + 1),
            ExprKind::Ternary {
                then, otherwise, ..
            } => {
                let first = self.typed(then, steps + 1)?;
                (self.typed(otherwise, steps + 1)? == first).then_some(first)
            }
            ExprKind::Variable(name) => {
                let declaration = self.declaration(self.symbols.target(name.span)?)?;
                match &declaration.kind {
                    DeclarationKind::Var(it) => self.typed(&it.value, steps + 1),
                    DeclarationKind::Param(it) => self.declared(it.ty.as_ref()?),
                    _ => None,
                }
            }
            ExprKind::Call { name, arguments } => match name.text.as_str() {
                known if TEXT_FUNCTIONS.contains(&known) => Some(Type::String),
                "concat" => self.typed(arguments.first()?, steps + 1),
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
        self.written(ty, 0)
    }

    fn written(self, ty: &'t TypeExpr, steps: u32) -> Option<Type> {
        if steps > MAX_STEPS {
            return None;
        }
        match &ty.kind {
            TypeKind::String(_) => Some(Type::String),
            TypeKind::Integer(_) => Some(Type::Int),
            TypeKind::Bool(_) => Some(Type::Bool),
            TypeKind::Object(_) => Some(Type::Object),
            TypeKind::Array(_) | TypeKind::Tuple(_) => Some(Type::Array),
            TypeKind::Paren(inner) | TypeKind::NonNull(inner) => self.written(inner, steps + 1),
            TypeKind::Union(members) => {
                let first = self.written(members.first()?, steps + 1)?;
                let mut others = members.iter();
                others
                    .all(|it| self.written(it, steps + 1) == Some(first))
                    .then_some(first)
            }
            TypeKind::Name(name) => match self.symbols.target(name.span) {
                Some(symbol) => match &self.declaration(symbol)?.kind {
                    DeclarationKind::Type(it) => self.written(&it.value, steps + 1),
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
