//! A template without its language: resources, modules, symbols and the expressions they hold.
//!
//! Every language is lowered to this. It keeps what evaluation needs and where it stood,
//! not what a formatter needs. Trees know no file; spans count bytes of the text they came from.

use std::sync::Arc;

use baton_source::{Span, Spanned, SyntaxError};

mod expression;

pub use expression::{Expr, ExprKind, Key, Loop, Operator, Property, Step, TemplatePart};

/// What a template is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Bicep and its parameter files: property names ignore ASCII case.
    Bicep,
    /// Terraform and its variable files: names are exact.
    Terraform,
    /// ARM templates in JSON and their parameter files: property names ignore ASCII case.
    Arm,
}

impl Language {
    /// Whether types and properties are named as Azure Resource Manager names them.
    pub fn speaks_arm(self) -> bool {
        matches!(self, Language::Bicep | Language::Arm)
    }
}

/// What one file declares, in the order of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// What it is written in.
    pub language: Language,
    /// Resources, those that are only looked up included.
    pub resources: Vec<Resource>,
    /// Calls of modules.
    pub modules: Vec<ModuleCall>,
    /// Parameters, variables, locals and outputs.
    pub symbols: Vec<Symbol>,
    /// Values given to parameters of another file, as in `.tfvars` and `.bicepparam`.
    pub assignments: Vec<Assignment>,
    /// Everything else with a body: `terraform`, `provider`, `moved` …
    pub blocks: Vec<Block>,
    /// What was left out although it can be read, and why.
    pub gaps: Vec<SyntaxError>,
}

/// What kind of symbol it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SymbolKind {
    /// Given from outside: Bicep `param`, Terraform `variable`.
    Parameter,
    /// Computed inside: Bicep `var`.
    Variable,
    /// Computed inside: Terraform `locals`.
    Local,
    /// Handed to the outside.
    Output,
}

/// A named value.
#[derive(Debug, Clone, PartialEq)]
pub struct Symbol {
    /// What kind it is.
    pub kind: SymbolKind,
    /// Its own name.
    pub name: String,
    /// What a [`ExprKind::Reference`] calls it: `x` in Bicep, `var.x` or `local.x` in Terraform,
    /// `parameters('x')` or `variables('x')` in ARM, with the deployment before it if that is nested.
    pub address: String,
    /// The name, with its quotes if it has some.
    pub name_span: Span,
    /// The whole declaration.
    pub span: Span,
    /// Its value, or the default of a parameter.
    pub value: Option<Expr>,
    /// Bicep `@secure()`, Terraform `sensitive = true`.
    pub secure: bool,
    /// Its type as written.
    pub type_name: Option<String>,
    /// Its type, if that has defaults for attributes: Terraform `optional(string, "a")`.
    pub shape: Option<Expr>,
    /// What it is for: Bicep `@description('…')`, Terraform `description`.
    pub description: Option<String>,
}

/// A resource, or a look-up of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Its type: `Microsoft.Storage/storageAccounts`, joined with its parents' types if nested; `azurerm_storage_account`.
    pub kind: String,
    /// The type as written, quotes included.
    pub kind_span: Span,
    /// The API version, where the language has one.
    pub version: Option<String>,
    /// Its symbolic name.
    pub name: String,
    /// What a [`ExprKind::Reference`] calls it: `x` in Bicep, `azurerm_storage_account.x` in Terraform.
    pub address: String,
    /// The header of its declaration.
    pub span: Span,
    /// Only looked up: Bicep `existing`, Terraform `data`.
    pub existing: bool,
    /// What decides whether it exists: Bicep `if (…)`, Terraform `count`.
    pub condition: Option<Expr>,
    /// Whether it stands for several: a Bicep loop, Terraform `for_each` or `count`.
    pub looped: bool,
    /// The loops it stands in, outermost first; none for a Terraform `count`.
    pub loops: Vec<Arc<Loop>>,
    /// Its properties, always an [`ExprKind::Object`] or [`ExprKind::Unknown`].
    pub body: Expr,
    /// The resource it is nested in or names as its `parent`, as an index into [`Template::resources`].
    pub parent: Option<usize>,
}

/// A call of a module.
#[derive(Debug, Clone, PartialEq)]
pub struct ModuleCall {
    /// Its symbolic name.
    pub name: String,
    /// What a [`ExprKind::Reference`] calls it: `x` in Bicep, `module.x` in Terraform.
    pub address: String,
    /// Where the module comes from, decoded; empty when it is not a literal.
    pub source: String,
    /// The source as written.
    pub source_span: Span,
    /// The version, where it is given apart from the source.
    pub version: Option<String>,
    /// The header of its declaration.
    pub span: Span,
    /// What decides whether it exists.
    pub condition: Option<Expr>,
    /// The loops it stands in, outermost first; none for a Terraform `count`.
    pub loops: Vec<Arc<Loop>>,
    /// What it is given: in Bicep the value of `params`, in Terraform the whole body.
    pub arguments: Expr,
}

/// A value given to a parameter of another file.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The parameter.
    pub name: String,
    /// The name.
    pub name_span: Span,
    /// What it is given.
    pub value: Expr,
}

/// A declaration that is none of the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Its keyword.
    pub kind: String,
    /// The words after the keyword, decoded.
    pub labels: Vec<String>,
    /// The header of its declaration.
    pub span: Span,
    /// What is in it.
    pub body: Expr,
}

impl Template {
    /// How many resources and modules it declares.
    pub fn size(&self) -> usize {
        self.resources.len() + self.modules.len()
    }

    /// A template that declares nothing.
    pub fn empty(language: Language) -> Template {
        Template {
            language,
            resources: Vec::new(),
            modules: Vec::new(),
            symbols: Vec::new(),
            assignments: Vec::new(),
            blocks: Vec::new(),
            gaps: Vec::new(),
        }
    }
}

macro_rules! spanned {
    ($($name:ident => $field:ident),*) => {
        $(impl Spanned for $name {
            fn span(&self) -> Span {
                self.$field
            }
        })*
    };
}

spanned!(
    Symbol => span,
    Resource => span,
    ModuleCall => span,
    Block => span,
    Assignment => name_span,
    Expr => span,
    Property => key_span
);
