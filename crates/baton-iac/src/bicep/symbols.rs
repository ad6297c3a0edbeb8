//! The names of one Bicep file: what declares them, and where they are used.
//!
//! Loops, lambdas, functions and the bodies of resources have scopes of their own. What a name
//! stands for that no declaration of the file brings is not known here: it may be a function or
//! a namespace of the language.

use std::collections::BTreeMap;

use baton_source::Span;

use super::expression::{Entry, Expr, ExprKind, For, Key, Name};
use super::tree::{Declaration, DeclarationKind, File, Function, Imported};
use super::types::{TypeExpr, TypeKind};
use super::walk::{Visit, walk_declaration, walk_decorator, walk_expr, walk_file, walk_type};
use super::{Decorator, Extension};

mod kind;

pub use kind::SymbolKind;

/// The names of a file.
#[derive(Debug, Default)]
pub struct Symbols {
    /// What declares a name, those of the file first, in the order of the text.
    pub symbols: Vec<Symbol>,
    /// Where names are used, in the order of the text.
    pub references: Vec<Reference>,
    /// Whether an extension brings a name that only its package tells.
    pub open: bool,
    /// Which references stand for each symbol.
    used: Vec<Vec<usize>>,
    /// The resources that the body of each declares.
    inner: BTreeMap<usize, BTreeMap<String, usize>>,
}

/// Something with a name.
#[derive(Debug)]
pub struct Symbol {
    /// The name.
    pub name: String,
    /// What it names.
    pub kind: SymbolKind,
    /// Where the name stands.
    pub at: Span,
    /// The declaration, decorators included; for a local name the name itself.
    pub declaration: Span,
    /// The resource whose body declares it.
    pub parent: Option<usize>,
    /// Whether a loop makes many of it.
    pub collection: bool,
}

/// A use of a name.
#[derive(Debug)]
pub struct Reference {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub at: Span,
    /// How it is used.
    pub form: Form,
    /// The symbol it stands for; `None` for what no declaration of the file brings.
    pub target: Option<usize>,
}

/// How a name is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As a value.
    Value,
    /// As a type.
    Type,
    /// As a function that is called.
    Call,
}

impl Symbols {
    /// Reads the names of a file.
    pub fn of(file: &File) -> Symbols {
        let mut reader = Reader {
            found: Symbols::default(),
            by_name: BTreeMap::new(),
            by_place: BTreeMap::new(),
            scopes: Vec::new(),
        };
        for declaration in &file.declarations {
            reader.declare(declaration);
        }
        for (at, symbol) in reader.found.symbols.iter().enumerate() {
            if symbol.kind.is_referable() {
                reader.by_name.entry(symbol.name.clone()).or_insert(at);
            }
            reader.by_place.entry(symbol.declaration).or_insert(at);
        }
        walk_file(&mut reader, file);
        let mut found = reader.found;
        found.references.sort_by_key(|it| it.at);
        found.used = vec![Vec::new(); found.symbols.len()];
        for (at, reference) in found.references.iter().enumerate() {
            if let Some(used) = reference.target.and_then(|it| found.used.get_mut(it)) {
                used.push(at);
            }
        }
        found
    }

    /// The uses of a symbol, in the order of the text.
    pub fn uses(&self, symbol: usize) -> impl Iterator<Item = &Reference> {
        let used = self.used.get(symbol).into_iter().flatten();
        used.filter_map(|at| self.references.get(*at))
    }

    /// What a name used at a place stands for.
    pub fn target(&self, at: Span) -> Option<usize> {
        let found = self.references.binary_search_by_key(&at, |it| it.at).ok()?;
        self.references.get(found)?.target
    }

    /// The symbol that an expression names, items of collections and nested resources included.
    pub fn named(&self, expr: &Expr) -> Option<usize> {
        match &expr.kind {
            ExprKind::Variable(name) => self.target(name.span),
            ExprKind::Paren(inner) | ExprKind::NonNull(inner) => self.named(inner),
            ExprKind::Index { object, .. } => {
                let at = self.named(object)?;
                self.symbols.get(at)?.collection.then_some(at)
            }
            ExprKind::Nested { object, name } => {
                let parent = self.named(object)?;
                self.inner.get(&parent)?.get(&name.text).copied()
            }
            _ => None,
        }
    }

    /// The declaration of a symbol, unless it is local.
    pub fn declaration<'t>(&self, file: &'t File, symbol: usize) -> Option<&'t Declaration> {
        let wanted = self.symbols.get(symbol)?.declaration;
        let holds = |it: &Declaration| {
            it.span.start <= wanted.start && wanted.end <= it.span.end && !it.span.is_empty()
        };
        let all = file.declarations.as_slice();
        let until = all.partition_point(|it| it.span.start <= wanted.start);
        let before = all.get(..until)?.iter().rev();
        let mut found = before.into_iter().find(|it| !it.span.is_empty())?;
        while holds(found) && found.span != wanted {
            let DeclarationKind::Resource(resource) = &found.kind else {
                return None;
            };
            found = nested(&resource.body).find(|it| holds(it))?;
        }
        (found.span == wanted).then_some(found)
    }
}

/// The resources that the body of a resource declares.
pub fn nested(body: &Expr) -> impl Iterator<Item = &Declaration> {
    let entries = body.object().map(|it| it.entries.as_slice());
    entries
        .unwrap_or_default()
        .iter()
        .filter_map(|entry| match entry {
            Entry::Resource(declaration) => Some(declaration),
            _ => None,
        })
}

/// The name that something from elsewhere has in the file, unless only its package tells.
fn own_name<'t>(alias: Option<&'t Name>, source: &'t Key) -> Option<&'t Name> {
    match (alias, source) {
        (Some(name), _) | (None, Key::Name(name)) => Some(name),
        (None, Key::String(_)) => None,
    }
}

struct Reader {
    found: Symbols,
    by_name: BTreeMap<String, usize>,
    by_place: BTreeMap<Span, usize>,
    scopes: Vec<BTreeMap<String, usize>>,
}

impl Reader {
    fn add(&mut self, name: &Name, kind: SymbolKind, declaration: &Declaration) {
        let body = match &declaration.kind {
            DeclarationKind::Resource(it) => Some(&it.body),
            DeclarationKind::Module(it) => Some(&it.body),
            _ => None,
        };
        self.found.symbols.push(Symbol {
            name: name.text.clone(),
            kind,
            at: name.span,
            declaration: declaration.span,
            parent: None,
            collection: body.is_some_and(|it| matches!(it.kind, ExprKind::For(_))),
        });
    }

    fn declare(&mut self, it: &Declaration) {
        let kind = match &it.kind {
            DeclarationKind::Metadata(_) => SymbolKind::Metadata,
            DeclarationKind::Param(param) if param.ty.is_none() => SymbolKind::Assignment,
            DeclarationKind::Param(_) => SymbolKind::Parameter,
            DeclarationKind::Var(_) => SymbolKind::Variable,
            DeclarationKind::Type(_) => SymbolKind::Type,
            DeclarationKind::Func(_) => SymbolKind::Function,
            DeclarationKind::Resource(_) => SymbolKind::Resource,
            DeclarationKind::Module(_) => SymbolKind::Module,
            DeclarationKind::Test(_) => SymbolKind::Test,
            DeclarationKind::Assert(_) => SymbolKind::Assert,
            DeclarationKind::Output(_) => SymbolKind::Output,
            DeclarationKind::Extension(extension) => return self.extension(extension, it),
            DeclarationKind::Import(import) => return self.import(&import.symbols, it),
            _ => return,
        };
        if let Some(name) = it.name() {
            self.add(name, kind, it);
        }
    }

    fn extension(&mut self, extension: &Extension, declaration: &Declaration) {
        let name = own_name(extension.alias.as_ref(), &extension.source);
        self.add_or_open(name, SymbolKind::Extension, declaration);
    }

    fn import(&mut self, symbols: &Imported, declaration: &Declaration) {
        let listed = match symbols {
            Imported::All(name) => {
                self.add(name, SymbolKind::Namespace, declaration);
                return;
            }
            Imported::Listed(listed) => listed,
        };
        for symbol in listed {
            let name = own_name(symbol.alias.as_ref(), &symbol.name);
            self.add_or_open(name, SymbolKind::Import, declaration);
        }
    }

    fn add_or_open(&mut self, name: Option<&Name>, kind: SymbolKind, declaration: &Declaration) {
        match name {
            Some(name) => {
                self.add(name, kind, declaration);
            }
            None => self.found.open = true,
        }
    }

    fn resolve(&self, name: &str) -> Option<usize> {
        let mut local = self.scopes.iter().rev();
        let found = local.find_map(|scope| scope.get(name));
        found.or_else(|| self.by_name.get(name)).copied()
    }

    fn refer(&mut self, name: &Name, form: Form) {
        let target = self.resolve(&name.text).filter(|at| {
            let kind = self.found.symbols.get(*at).map(|it| it.kind);
            form != Form::Call || matches!(kind, Some(SymbolKind::Function | SymbolKind::Import))
        });
        self.found.references.push(Reference {
            name: name.text.clone(),
            at: name.span,
            form,
            target,
        });
    }

    /// Opens a scope with some local names.
    fn bind<'n>(&mut self, names: impl IntoIterator<Item = &'n Name>) {
        let mut scope = BTreeMap::new();
        for name in names {
            let at = self.found.symbols.len();
            scope.entry(name.text.clone()).or_insert(at);
            self.found.symbols.push(Symbol {
                name: name.text.clone(),
                kind: SymbolKind::Local,
                at: name.span,
                declaration: name.span,
                parent: None,
                collection: false,
            });
        }
        self.scopes.push(scope);
    }

    fn function(&mut self, it: &Function) {
        it.parameters.iter().for_each(|it| self.ty(&it.ty));
        self.ty(&it.result);
        self.bind(it.parameters.iter().map(|it| &it.name));
        self.expr(&it.body);
        self.scopes.pop();
    }

    fn repeat(&mut self, it: &For) {
        self.expr(&it.items);
        self.bind(std::iter::once(&it.item).chain(it.index.as_ref()));
        self.expr(&it.body);
        self.scopes.pop();
    }

    /// The body of a resource, in which nested resources have names.
    fn resource_body(&mut self, declaration: &Declaration, it: &Expr) {
        let parent = self.by_place.get(&declaration.span).copied();
        let mut scope = BTreeMap::new();
        for (name, nested) in nested(it).filter_map(|it| Some((it.name()?, it))) {
            let at = self.found.symbols.len();
            scope.entry(name.text.clone()).or_insert(at);
            self.by_place.entry(nested.span).or_insert(at);
            self.add(name, SymbolKind::Resource, nested);
            if let Some(symbol) = self.found.symbols.last_mut() {
                symbol.parent = parent;
            }
        }
        if let Some(parent) = parent {
            self.found.inner.insert(parent, scope.clone());
        }
        self.scopes.push(scope);
        self.expr(it);
        self.scopes.pop();
    }
}

impl<'t> Visit<'t> for Reader {
    fn declaration(&mut self, it: &'t Declaration) {
        match &it.kind {
            DeclarationKind::Func(function) => {
                it.decorators.iter().for_each(|it| self.decorator(it));
                self.function(function);
            }
            DeclarationKind::Resource(resource) => {
                it.decorators.iter().for_each(|it| self.decorator(it));
                self.resource_body(it, &resource.body);
            }
            _ => walk_declaration(self, it),
        }
    }

    fn decorator(&mut self, it: &'t Decorator) {
        // The name of a decorator is none of the file, but a namespace before it may be.
        if let ExprKind::MethodCall { object, .. } | ExprKind::Member { object, .. } = &it.expr.kind
        {
            self.expr(object);
        }
        walk_decorator(self, it);
    }

    fn expr(&mut self, it: &'t Expr) {
        match &it.kind {
            ExprKind::Variable(name) => self.refer(name, Form::Value),
            ExprKind::Call { name, .. } => {
                self.refer(name, Form::Call);
                walk_expr(self, it);
            }
            ExprKind::Lambda { parameters, body } => {
                self.bind(parameters);
                self.expr(body);
                self.scopes.pop();
            }
            ExprKind::For(it) => self.repeat(it),
            _ => walk_expr(self, it),
        }
    }

    fn ty(&mut self, it: &'t TypeExpr) {
        if let TypeKind::Name(name) | TypeKind::Generic { name, .. } = &it.kind {
            self.refer(name, Form::Type);
        }
        walk_type(self, it);
    }
}
