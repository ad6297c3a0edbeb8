//! Types.

use super::Layout;
use super::brackets::{BRACES, TUPLE, TYPE_ARGUMENTS};
use crate::bicep::format::document::{Doc, Line};
use crate::bicep::types::{TupleItem, TypeExpr, TypeKind, TypeProperty};

impl<'a> Layout<'a, '_> {
    pub(super) fn ty(&mut self, ty: &TypeExpr) -> Doc<'a> {
        match &ty.kind {
            TypeKind::Name(_) | TypeKind::Integer(_) | TypeKind::Bool(_) | TypeKind::Null => {
                self.token()
            }
            TypeKind::String(_) => self.string(),
            TypeKind::Union(members) => self.union(members),
            TypeKind::Object(properties) => self.object_type(properties),
            TypeKind::Tuple(items) => self.tuple(items),
            TypeKind::Generic { arguments, .. } => {
                let name = self.token();
                Doc::Glue(vec![name, self.type_arguments(arguments)])
            }
            TypeKind::Resource(None) => self.token(),
            TypeKind::Resource(Some(_)) => {
                let keyword = self.token();
                Doc::Glue(vec![keyword, self.string()])
            }
            TypeKind::Unary { operand, .. } => {
                let operator = self.token();
                Doc::Glue(vec![operator, self.ty(operand)])
            }
            TypeKind::Paren(inner) => {
                let open = self.token();
                let inner = self.ty(inner);
                Doc::Glue(vec![open, inner, self.token()])
            }
            _ => self.type_access(ty),
        }
    }

    /// What is taken from a type or marks it.
    fn type_access(&mut self, ty: &TypeExpr) -> Doc<'a> {
        let mut docs = Vec::new();
        match &ty.kind {
            TypeKind::Member { object, .. }
            | TypeKind::FurtherProperties(object)
            | TypeKind::Array(object) => {
                docs.push(self.ty(object));
                docs.extend([self.token(), self.token()]);
            }
            TypeKind::GenericMember {
                object, arguments, ..
            } => {
                docs.push(self.ty(object));
                docs.extend([self.token(), self.token()]);
                docs.push(self.type_arguments(arguments));
            }
            TypeKind::Index { object, index } => {
                docs.push(self.ty(object));
                docs.push(self.token());
                docs.push(self.expr(index));
                docs.push(self.token());
            }
            TypeKind::Items(object) => {
                docs.push(self.ty(object));
                docs.extend([self.token(), self.token(), self.token()]);
            }
            TypeKind::Nullable(object) | TypeKind::NonNull(object) => {
                docs.push(self.ty(object));
                docs.push(self.token());
            }
            _ => {}
        }
        Doc::Glue(docs)
    }

    /// `<…>`, which is kept on one line however long it is.
    fn type_arguments(&mut self, arguments: &[TypeExpr]) -> Doc<'a> {
        self.bracket(TYPE_ARGUMENTS, !arguments.is_empty(), |it| {
            it.listed(arguments, Self::ty)
        })
        .flattened()
    }

    fn union(&mut self, members: &[TypeExpr]) -> Doc<'a> {
        self.indented(Some(Line::Empty), |it| {
            let mut docs = Vec::new();
            let mut bar = Doc::Either {
                broken: "| ",
                flat: "",
            };
            for member in members {
                docs.extend(it.gap());
                docs.push(Doc::Glue(vec![bar, it.ty(member)]));
                bar = Doc::text("| ");
            }
            docs
        })
    }

    fn object_type(&mut self, properties: &[TypeProperty]) -> Doc<'a> {
        self.bracket(BRACES, !properties.is_empty(), |it| {
            let mut docs = Vec::new();
            for property in properties {
                docs.extend(it.gap());
                it.decorators(&property.decorators, &mut docs);
                let key = match &property.key {
                    Some(key) => it.key(key),
                    None => it.token(),
                };
                let key = Doc::Glue(vec![key, it.token()]);
                docs.push(Doc::spread([key, it.ty(&property.ty)]));
            }
            docs.extend(it.gap());
            docs
        })
    }

    fn tuple(&mut self, items: &[TupleItem]) -> Doc<'a> {
        self.bracket(TUPLE, false, |it| {
            let mut docs = Vec::new();
            for item in items {
                docs.extend(it.gap());
                it.decorators(&item.decorators, &mut docs);
                docs.push(it.ty(&item.ty));
            }
            docs.extend(it.gap());
            docs
        })
    }
}
