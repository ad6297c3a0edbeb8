//! Bicep: from its tree to a template.
//!
//! Reads `.bicep` and `.bicepparam` trees alike; a declaration that could not be read is not there.

use baton_source::{Span, Spanned as _, SyntaxError};

use crate::bicep::{
    self, Declaration, DeclarationKind, Decorator, ExprKind as TreeKind, File, Imported,
    ImportedSymbol, Param, StringLiteral,
};
use crate::model::{
    Assignment, Block, Expr, ExprKind, Key, Language, Property, Symbol, SymbolKind, Template,
};

mod expression;
mod resource;

/// Reads and lowers a text: what it declares, and what was wrong.
pub fn parse(text: &str) -> (Template, Vec<SyntaxError>) {
    let (file, errors) = bicep::parse(text);
    (lower(text, &file), errors)
}

/// Lowers the tree of a text.
pub fn lower(text: &str, file: &File) -> Template {
    let functions = file
        .declarations
        .iter()
        .filter_map(|declaration| match &declaration.kind {
            DeclarationKind::Func(function) => Some(function.name.text.clone()),
            _ => None,
        });
    let mut lowering = Lowering {
        text,
        functions: functions.collect(),
    };
    let mut template = Template::empty(Language::Bicep);
    for declaration in &file.declarations {
        declare(&mut lowering, &mut template, declaration);
    }
    resource::link_parents(&mut template);
    template
}

/// Where the comments of a text stand, without the line ending.
pub fn comments(text: &str) -> Vec<Span> {
    bicep::lex(text)
        .into_iter()
        .filter(|token| {
            matches!(
                token.kind,
                bicep::TokenKind::LineComment | bicep::TokenKind::BlockComment
            )
        })
        .map(|token| token.span)
        .collect()
}

/// What lowering carries along.
struct Lowering<'t> {
    text: &'t str,
    /// Functions the file defines itself: nothing is known of their results.
    functions: Vec<String>,
}

fn declare(lowering: &mut Lowering<'_>, template: &mut Template, declaration: &Declaration) {
    match &declaration.kind {
        DeclarationKind::Param(param) => {
            parameter(lowering, template, declaration, param);
        }
        DeclarationKind::Var(variable) => {
            let value = expression::lower(lowering, &variable.value);
            let type_span = variable.ty.as_ref().map(|ty| ty.span);
            let mut named = symbol(lowering, declaration, SymbolKind::Variable, type_span);
            named.value = Some(value);
            template.symbols.push(named);
        }
        DeclarationKind::Output(output) => {
            let value = expression::lower(lowering, &output.value);
            let type_span = Some(output.ty.span);
            let mut named = symbol(lowering, declaration, SymbolKind::Output, type_span);
            named.value = Some(value);
            template.symbols.push(named);
        }
        DeclarationKind::Resource(it) => {
            resource::resource(lowering, template, (declaration, it), None);
        }
        DeclarationKind::Module(it) => {
            let module = resource::module(lowering, declaration, it);
            template.modules.push(module);
        }
        _ => template.blocks.extend(other(lowering, declaration)),
    }
}

/// A parameter, or in a parameters file the value of one.
fn parameter(
    lowering: &mut Lowering<'_>,
    template: &mut Template,
    declaration: &Declaration,
    param: &Param,
) {
    let value = param
        .value
        .as_ref()
        .map(|value| expression::lower(lowering, value));
    match (&param.ty, value) {
        (None, Some(value)) => template.assignments.push(Assignment {
            name: param.name.text.clone(),
            name_span: param.name.span,
            value,
        }),
        (ty, value) => {
            let type_span = ty.as_ref().map(|ty| ty.span);
            let mut named = symbol(lowering, declaration, SymbolKind::Parameter, type_span);
            named.value = value;
            template.symbols.push(named);
        }
    }
}

fn symbol(
    lowering: &Lowering<'_>,
    declaration: &Declaration,
    kind: SymbolKind,
    type_span: Option<Span>,
) -> Symbol {
    let name = declaration.name();
    let text = name.map_or("", |name| &name.text);
    let description = declaration
        .decorator("description")
        .and_then(|found| found.arguments().first()?.as_str());
    Symbol {
        kind,
        name: text.to_owned(),
        address: text.to_owned(),
        name_span: name.map_or(declaration.keyword, |name| name.span),
        span: declaration.span,
        value: None,
        secure: declaration.decorators.iter().any(is_secure),
        type_name: type_span.map(|span| span.of(lowering.text).to_owned()),
        shape: None,
        description: description.map(str::to_owned),
    }
}

/// Whether it is `@secure()`, and not a name that someone forgot to call.
fn is_secure(decorator: &Decorator) -> bool {
    let called = matches!(
        decorator.expr.kind,
        TreeKind::Call { .. } | TreeKind::MethodCall { .. }
    );
    called && decorator.name().is_some_and(|name| name.text == "secure")
}

/// A declaration that the model has no word for: its keyword, the file or name it is about, its value.
fn other(lowering: &mut Lowering<'_>, declaration: &Declaration) -> Option<Block> {
    let label = |literal: &StringLiteral| literal.as_str().unwrap_or("").to_owned();
    let (label, span, value) = match &declaration.kind {
        DeclarationKind::TargetScope(scope) => (None, scope.span, Some(scope)),
        DeclarationKind::Metadata(it) | DeclarationKind::Assert(it) => {
            (Some(it.name.text.clone()), it.name.span, Some(&it.value))
        }
        DeclarationKind::Using(using) => {
            let source = using.source.as_ref();
            let span = source.map_or(declaration.keyword, |source| source.span);
            (source.map(label), span, None)
        }
        DeclarationKind::Extends(source) => (Some(label(source)), source.span(), None),
        DeclarationKind::Import(import) => {
            (Some(label(&import.source)), import.source.span(), None)
        }
        _ => return None,
    };
    let body = match (value, &declaration.kind) {
        (Some(value), _) => expression::lower(lowering, value),
        (None, DeclarationKind::Import(import)) => imported(&import.symbols, span),
        (None, _) => Expr::new(span, ExprKind::Unknown),
    };
    Some(Block {
        kind: declaration.keyword.of(lowering.text).to_owned(),
        labels: label.into_iter().collect(),
        span: declaration.keyword.to(span),
        body,
    })
}

/// What an import brings in: its name here, and the name it has in the other file.
fn imported(symbols: &Imported, span: Span) -> Expr {
    let Imported::Listed(symbols) = symbols else {
        return Expr::new(span, ExprKind::Unknown);
    };
    let property = |symbol: &ImportedSymbol| {
        let name = symbol.name.as_str()?;
        let local = symbol.alias.as_ref();
        let local = local.map_or(name, |alias| alias.text.as_str());
        let key_span = symbol.name.span();
        Some(Property {
            key: Key::Name(local.to_owned()),
            key_span,
            value: Expr::new(key_span, ExprKind::String(name.to_owned())),
            block: false,
        })
    };
    let properties = symbols.iter().filter_map(property);
    Expr::new(span, ExprKind::Object(properties.collect()))
}

#[cfg(test)]
mod tests;
