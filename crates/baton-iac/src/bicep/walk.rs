//! Going through a Bicep tree, everything in the order of the text.
//!
//! A visitor implements what it wants to see and calls the `walk_…` function of the same name to
//! go on inside. What names mean is in [`symbols`](super::symbols).

use super::expression::{Entry, Expr, ExprKind, Item, Key, Object, Property, StringLiteral};
use super::expression::{Spread, StringPart};
use super::tree::{Declaration, DeclarationKind, Decorator, File};
use super::types::{TypeExpr, TypeKind, TypeProperty};

/// What is told of a tree.
pub trait Visit<'t> {
    /// A declaration, at the top or inside a resource.
    fn declaration(&mut self, it: &'t Declaration) {
        walk_declaration(self, it);
    }

    /// A decorator of a declaration or a type's member.
    fn decorator(&mut self, it: &'t Decorator) {
        walk_decorator(self, it);
    }

    /// An expression.
    fn expr(&mut self, it: &'t Expr) {
        walk_expr(self, it);
    }

    /// A property of an object; its key's interpolations come first.
    fn property(&mut self, it: &'t Property) {
        walk_property(self, it);
    }

    /// A string that is a value or a key, not one that names a type or a file.
    fn string(&mut self, it: &'t StringLiteral) {
        walk_string(self, it);
    }

    /// A type.
    fn ty(&mut self, it: &'t TypeExpr) {
        walk_type(self, it);
    }

    /// A member of an object type.
    fn type_property(&mut self, it: &'t TypeProperty) {
        walk_type_property(self, it);
    }
}

/// Everything in a file.
pub fn walk_file<'t, V: Visit<'t> + ?Sized>(visitor: &mut V, it: &'t File) {
    for declaration in &it.declarations {
        visitor.declaration(declaration);
    }
}

/// What a declaration consists of.
pub fn walk_declaration<'t, V: Visit<'t> + ?Sized>(visitor: &mut V, it: &'t Declaration) {
    for decorator in &it.decorators {
        visitor.decorator(decorator);
    }
    match &it.kind {
        DeclarationKind::TargetScope(value) => visitor.expr(value),
        DeclarationKind::Metadata(it) | DeclarationKind::Assert(it) => visitor.expr(&it.value),
        DeclarationKind::Param(it) => {
            it.ty.iter().for_each(|ty| visitor.ty(ty));
            it.value.iter().for_each(|value| visitor.expr(value));
        }
        DeclarationKind::Var(it) => {
            it.ty.iter().for_each(|ty| visitor.ty(ty));
            visitor.expr(&it.value);
        }
        DeclarationKind::Type(it) => visitor.ty(&it.value),
        DeclarationKind::Func(it) => {
            it.parameters.iter().for_each(|it| visitor.ty(&it.ty));
            visitor.ty(&it.result);
            visitor.expr(&it.body);
        }
        DeclarationKind::Resource(it) => visitor.expr(&it.body),
        DeclarationKind::Module(it) | DeclarationKind::Test(it) => visitor.expr(&it.body),
        DeclarationKind::Output(it) => {
            visitor.ty(&it.ty);
            visitor.expr(&it.value);
        }
        DeclarationKind::Extension(it) => {
            it.config.iter().for_each(|it| walk_object(visitor, it));
        }
        DeclarationKind::ExtensionConfig(it) => walk_object(visitor, &it.config),
        DeclarationKind::Using(it) => it.config.iter().for_each(|it| walk_object(visitor, it)),
        DeclarationKind::Import(_) | DeclarationKind::Extends(_) | DeclarationKind::Broken => {}
    }
}

/// What a decorator is called with; its own name is none of a value.
pub fn walk_decorator<'t, V: Visit<'t> + ?Sized>(visitor: &mut V, it: &'t Decorator) {
    for argument in it.arguments() {
        visitor.expr(argument);
    }
}

/// What an expression consists of.
pub fn walk_expr<'t, V: Visit<'t> + ?Sized>(visitor: &mut V, it: &'t Expr) {
    match &it.kind {
        ExprKind::Null | ExprKind::Bool(_) | ExprKind::Integer(_) | ExprKind::Variable(_) => {}
        ExprKind::String(it) => visitor.string(it),
        ExprKind::Object(it) => walk_object(visitor, it),
        ExprKind::Array(items) => {
            for Item::Value(value) | Item::Spread(Spread { value, .. }) in items {
                visitor.expr(value);
            }
        }
        ExprKind::Paren(inner) | ExprKind::NonNull(inner) => visitor.expr(inner),
        ExprKind::Unary { operand, .. } => visitor.expr(operand),
        ExprKind::Binary { left, right, .. } => {
            visitor.expr(left);
            visitor.expr(right);
        }
        ExprKind::Ternary {
            condition,
            then,
            otherwise,
        } => {
            visitor.expr(condition);
            visitor.expr(then);
            visitor.expr(otherwise);
        }
        ExprKind::Call { arguments, .. } => arguments.iter().for_each(|it| visitor.expr(it)),
        ExprKind::MethodCall {
            object, arguments, ..
        } => {
            visitor.expr(object);
            for argument in arguments {
                visitor.expr(argument);
            }
        }
        ExprKind::Member { object, .. } | ExprKind::Nested { object, .. } => visitor.expr(object),
        ExprKind::Index { object, index, .. } => {
            visitor.expr(object);
            visitor.expr(index);
        }
        ExprKind::Lambda { body, .. } => visitor.expr(body),
        ExprKind::For(it) => {
            visitor.expr(&it.items);
            visitor.expr(&it.body);
        }
        ExprKind::If { condition, body } => {
            visitor.expr(condition);
            visitor.expr(body);
        }
    }
}

/// What stands in an object.
pub fn walk_object<'t, V: Visit<'t> + ?Sized>(visitor: &mut V, it: &'t Object) {
    for entry in &it.entries {
        match entry {
            Entry::Property(property) => visitor.property(property),
            Entry::Spread(spread) => visitor.expr(&spread.value),
            Entry::Resource(declaration) => visitor.declaration(declaration),
        }
    }
}

/// Key and value of a property.
pub fn walk_property<'t, V: Visit<'t> + ?Sized>(visitor: &mut V, it: &'t Property) {
    if let Key::String(key) = &it.key {
        visitor.string(key);
    }
    visitor.expr(&it.value);
}

/// The interpolations of a string.
pub fn walk_string<'t, V: Visit<'t> + ?Sized>(visitor: &mut V, it: &'t StringLiteral) {
    for part in &it.parts {
        if let StringPart::Expr(value) = part {
            visitor.expr(value);
        }
    }
}

/// What a type consists of.
pub fn walk_type<'t, V: Visit<'t> + ?Sized>(visitor: &mut V, it: &'t TypeExpr) {
    match &it.kind {
        TypeKind::Name(_)
        | TypeKind::Resource(_)
        | TypeKind::String(_)
        | TypeKind::Integer(_)
        | TypeKind::Bool(_)
        | TypeKind::Null => {}
        TypeKind::Generic { arguments, .. } => arguments.iter().for_each(|it| visitor.ty(it)),
        TypeKind::GenericMember {
            object, arguments, ..
        } => {
            visitor.ty(object);
            for argument in arguments {
                visitor.ty(argument);
            }
        }
        TypeKind::Unary { operand, .. } => visitor.ty(operand),
        TypeKind::Member { object, .. } => visitor.ty(object),
        TypeKind::Index { object, index } => {
            visitor.ty(object);
            visitor.expr(index);
        }
        TypeKind::FurtherProperties(inner)
        | TypeKind::Items(inner)
        | TypeKind::Array(inner)
        | TypeKind::Nullable(inner)
        | TypeKind::NonNull(inner)
        | TypeKind::Paren(inner) => visitor.ty(inner),
        TypeKind::Union(members) => members.iter().for_each(|it| visitor.ty(it)),
        TypeKind::Object(members) => members.iter().for_each(|it| visitor.type_property(it)),
        TypeKind::Tuple(items) => {
            for item in items {
                item.decorators.iter().for_each(|it| visitor.decorator(it));
                visitor.ty(&item.ty);
            }
        }
    }
}

/// Decorators and type of a member.
pub fn walk_type_property<'t, V: Visit<'t> + ?Sized>(visitor: &mut V, it: &'t TypeProperty) {
    it.decorators.iter().for_each(|it| visitor.decorator(it));
    visitor.ty(&it.ty);
}
