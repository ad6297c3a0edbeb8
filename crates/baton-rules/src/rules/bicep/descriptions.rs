//! What a Bicep file offers says what it is for.

use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::walk::{Visit, walk_declaration, walk_type_property};
use baton_iac::bicep::{Decorator, TypeProperty};
use baton_source::{Span, Spanned as _};

use crate::support::bicep::{Lint, Normally, lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    let (code, what) = match slug {
        "undescribed-bicep-parameter" => ("use-description-params", "parameter"),
        "undescribed-bicep-variable" => ("use-description-vars", "variable"),
        "undescribed-bicep-output" => ("use-description-outputs", "output"),
        "undescribed-bicep-type" => ("use-description-types", "type"),
        _ => ("use-description-type-properties", "property"),
    };
    lint(
        ctx,
        file,
        (code, Normally::Off, out),
        |lint, out| match what {
            "property" => members(lint, out),
            _ => declarations(lint, what, out),
        },
    );
}

fn declarations(lint: &Lint<'_>, what: &str, out: &mut Findings) {
    let kind = match what {
        "parameter" => SymbolKind::Parameter,
        "variable" => SymbolKind::Variable,
        "output" => SymbolKind::Output,
        _ => SymbolKind::Type,
    };
    for (at, symbol) in lint.of_kind(kind) {
        let Some(declaration) = lint.names.declaration(at) else {
            continue;
        };
        // What the variants of such a type are for, they say themselves.
        if kind == SymbolKind::Type && declaration.decorator("discriminator").is_some() {
            continue;
        }
        judge(
            lint,
            (what, &symbol.name, symbol.at),
            &declaration.decorators,
            out,
        );
    }
}

fn members(lint: &Lint<'_>, out: &mut Findings) {
    for (at, _) in lint.of_kind(SymbolKind::Type) {
        let mut members = Members(Vec::new());
        if let Some(declaration) = lint.names.declaration(at) {
            walk_declaration(&mut members, declaration);
        }
        for member in members.0 {
            let name = match &member.key {
                Some(key) => key.as_str(),
                None => Some("*"),
            };
            let Some(name) = name else { continue };
            let span = match &member.key {
                Some(key) => key.span(),
                // The `*` stands before the colon, after the decorators.
                None => asterisk(lint, member),
            };
            judge(lint, ("property", name, span), &member.decorators, out);
        }
    }
}

fn asterisk(lint: &Lint<'_>, member: &TypeProperty) -> Span {
    let start = member
        .decorators
        .last()
        .map_or(member.span.start, |it| it.span.end) as usize;
    let between = Span::new(start, member.ty.span.start as usize);
    let at = start + between.of(lint.text).rfind('*').unwrap_or(0);
    Span::new(at, at + 1)
}

fn judge(
    lint: &Lint<'_>,
    (what, name, at): (&str, &str, Span),
    decorators: &[Decorator],
    out: &mut Findings,
) {
    let mut decorators = decorators.iter();
    let description =
        decorators.find(|it| it.name().is_some_and(|name| name.text == "description"));
    let empty = description
        .and_then(|it| it.arguments().first())
        .filter(|it| {
            let text = lint.names.literal(it);
            text.is_some_and(|text| text.trim().is_empty())
        });
    let (at, message) = match (description, empty) {
        (None, _) => (at, format!("the {what} `{name}` has no description")),
        (Some(_), Some(empty)) => (
            empty.span,
            format!("the description of the {what} `{name}` is empty"),
        ),
        (Some(_), None) => return,
    };
    out.report(lint.file.at(&at), message)
        .help("Say in `@description()` what it is for.");
}

struct Members<'t>(Vec<&'t TypeProperty>);

impl<'t> Visit<'t> for Members<'t> {
    fn type_property(&mut self, it: &'t TypeProperty) {
        self.0.push(it);
        walk_type_property(self, it);
    }
}
