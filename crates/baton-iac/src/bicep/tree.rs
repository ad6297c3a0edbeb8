//! What a Bicep file declares.
//!
//! Plain data in the order of the text. Comments and line breaks are not here but in the tokens.

use baton_source::{Span, Spanned};

use super::expression::{Expr, ExprKind, Key, Name, Object, StringLiteral};
use super::types::TypeExpr;

/// A `.bicep` or `.bicepparam` file.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// The whole text.
    pub span: Span,
    /// In the order of the text, broken ones included.
    pub declarations: Vec<Declaration>,
}

/// One declaration with its decorators.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// From the first decorator to the last byte.
    pub span: Span,
    /// In the order of the text.
    pub decorators: Vec<Decorator>,
    /// The word that says what is declared; empty for a broken declaration.
    pub keyword: Span,
    /// What is declared.
    pub kind: DeclarationKind,
}

/// `@description('…')`, `@sys.secure()`.
#[derive(Debug, Clone, PartialEq)]
pub struct Decorator {
    /// From the `@` to the last byte.
    pub span: Span,
    /// What stands after the `@`: a name or a call, possibly of a namespace's member.
    pub expr: Expr,
}

/// The kinds of declaration.
#[derive(Debug, Clone, PartialEq)]
pub enum DeclarationKind {
    /// `targetScope = …`
    TargetScope(Expr),
    /// `metadata name = …`
    Metadata(Assignment),
    /// `param name type = …`, and `param name = …` of a parameters file.
    Param(Param),
    /// `var name = …`
    Var(Variable),
    /// `type name = …`
    Type(TypeAlias),
    /// `func name(…) type => …`
    Func(Box<Function>),
    /// `resource name '…' = …`, at the top or inside another resource.
    Resource(Resource),
    /// `module name '…' = …`
    Module(Module),
    /// `test name '…' = …`
    Test(Module),
    /// `output name type = …`
    Output(Output),
    /// `assert name = …`
    Assert(Assignment),
    /// `extension …`, and the older `provider …` and `import '…'`.
    Extension(Extension),
    /// `extensionConfig name with {…}` of a parameters file.
    ExtensionConfig(ExtensionConfig),
    /// `import … from '…'`
    Import(Import),
    /// `using …` of a parameters file.
    Using(Using),
    /// `extends '…'` of a parameters file.
    Extends(StringLiteral),
    /// Text up to the next declaration that could not be read; an error tells why.
    Broken,
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// What is named.
    pub name: Name,
    /// After the `=`.
    pub value: Expr,
}

/// A parameter, or a parameter's value in a parameters file.
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    /// The parameter's name.
    pub name: Name,
    /// `None` in a parameters file.
    pub ty: Option<TypeExpr>,
    /// The default value, or the value given in a parameters file.
    pub value: Option<Expr>,
}

/// A variable.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// The variable's name.
    pub name: Name,
    /// Mostly left out.
    pub ty: Option<TypeExpr>,
    /// After the `=`.
    pub value: Expr,
}

/// A name for a type.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeAlias {
    /// The type's name.
    pub name: Name,
    /// After the `=`.
    pub value: TypeExpr,
}

/// A user-defined function.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// The function's name.
    pub name: Name,
    /// In the order of the text.
    pub parameters: Vec<FunctionParameter>,
    /// What it returns.
    pub result: TypeExpr,
    /// After the `=>`.
    pub body: Expr,
}

/// A parameter of a user-defined function.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionParameter {
    /// The parameter's name.
    pub name: Name,
    /// The parameter's type.
    pub ty: TypeExpr,
}

/// A resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// The symbolic name.
    pub name: Name,
    /// Resource type with API version, as in `'Microsoft.Storage/storageAccounts@2023-05-01'`.
    pub ty: StringLiteral,
    /// The word `existing`.
    pub existing: Option<Span>,
    /// An object, or an `if` or a `for` around one.
    pub body: Expr,
}

/// A module, or a test.
#[derive(Debug, Clone, PartialEq)]
pub struct Module {
    /// The symbolic name.
    pub name: Name,
    /// A path, or a registry (`br:`) or template spec (`ts:`) reference.
    pub source: StringLiteral,
    /// An object, or an `if` or a `for` around one.
    pub body: Expr,
}

/// An output.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// The output's name.
    pub name: Name,
    /// The output's type.
    pub ty: TypeExpr,
    /// After the `=`.
    pub value: Expr,
}

/// An extension.
#[derive(Debug, Clone, PartialEq)]
pub struct Extension {
    /// A configured name, or a reference in quotes.
    pub source: Key,
    /// After `with`.
    pub config: Option<Object>,
    /// After `as`.
    pub alias: Option<Name>,
}

/// The configuration of an extension in a parameters file.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtensionConfig {
    /// The extension's alias.
    pub name: Name,
    /// After `with`.
    pub config: Object,
}

/// A compile-time import.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// What is imported.
    pub symbols: Imported,
    /// After `from`.
    pub source: StringLiteral,
}

/// What an import brings in.
#[derive(Debug, Clone, PartialEq)]
pub enum Imported {
    /// `* as name`
    All(Name),
    /// `{ a, b as c }`
    Listed(Vec<ImportedSymbol>),
}

/// One symbol of an import.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedSymbol {
    /// Its name in the other file; in quotes when it is not an identifier.
    pub name: Key,
    /// After `as`.
    pub alias: Option<Name>,
}

/// The template a parameters file is for.
#[derive(Debug, Clone, PartialEq)]
pub struct Using {
    /// `None` for `using none`.
    pub source: Option<StringLiteral>,
    /// After `with`.
    pub config: Option<Object>,
}

impl Declaration {
    /// The name that is declared.
    pub fn name(&self) -> Option<&Name> {
        Some(match &self.kind {
            DeclarationKind::Metadata(it) | DeclarationKind::Assert(it) => &it.name,
            DeclarationKind::Param(it) => &it.name,
            DeclarationKind::Var(it) => &it.name,
            DeclarationKind::Type(it) => &it.name,
            DeclarationKind::Func(it) => &it.name,
            DeclarationKind::Resource(it) => &it.name,
            DeclarationKind::Module(it) | DeclarationKind::Test(it) => &it.name,
            DeclarationKind::Output(it) => &it.name,
            DeclarationKind::ExtensionConfig(it) => &it.name,
            _ => return None,
        })
    }

    /// The decorator of that name, whether or not it is written with its namespace.
    pub fn decorator(&self, name: &str) -> Option<&Decorator> {
        self.decorators
            .iter()
            .find(|it| it.name().is_some_and(|it| it.text == name))
    }
}

impl Decorator {
    /// The decorator's own name, without a namespace.
    pub fn name(&self) -> Option<&Name> {
        match &self.expr.kind {
            ExprKind::Variable(name)
            | ExprKind::Call { name, .. }
            | ExprKind::MethodCall { name, .. }
            | ExprKind::Member { name, .. } => Some(name),
            _ => None,
        }
    }

    /// What it is called with.
    pub fn arguments(&self) -> &[Expr] {
        match &self.expr.kind {
            ExprKind::Call { arguments, .. } | ExprKind::MethodCall { arguments, .. } => arguments,
            _ => &[],
        }
    }
}

impl Spanned for Declaration {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Decorator {
    fn span(&self) -> Span {
        self.span
    }
}
