//! `_artifactsLocation` and `_artifactsLocationSasToken` are declared as tools expect them.

use std::sync::LazyLock;

use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::{Declaration, DeclarationKind, Module, Param, TypeKind};
use regex::Regex;

use crate::support::bicep::{Lint, Normally, is_secure, lint};
use crate::support::bicep_modules::{Callee, parameters_of};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const LOCATION: &str = "_artifactsLocation";
const TOKEN: &str = "_artifactsLocationSasToken";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(
        ctx,
        file,
        ("artifacts-parameters", Normally::On, out),
        judge,
    );
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    declared(lint, out);
    for declaration in &lint.tree.declarations {
        if let DeclarationKind::Module(module) = &declaration.kind {
            passed(lint, module, out);
        }
    }
}

fn declared(lint: &Lint<'_>, out: &mut Findings) {
    let (location, token) = (parameter(lint, LOCATION), parameter(lint, TOKEN));
    let (location, token) = match (location, token) {
        (None, None) => return,
        (Some((_, one)), None) => return alone(lint, one, TOKEN, out),
        (None, Some((_, one))) => return alone(lint, one, LOCATION, out),
        (Some(location), Some(token)) => (location, token),
    };
    for (_, it) in [location, token] {
        if let Some(ty) = &it.ty
            && let TypeKind::Name(name) = &ty.kind
            && name.text != "string"
        {
            let message = format!("`{}` is not a string", it.name.text);
            out.report(lint.file.at(ty), message)
                .help("Make its type `string`.");
        }
    }
    if let (declaration, Param { ty: Some(ty), .. }) = token
        && !is_secure(declaration)
    {
        out.report(lint.file.at(ty), format!("`{TOKEN}` is not secure"))
            .help("Put `@secure()` above it.");
    }
    defaults(lint, location.1, token.1, out);
}

fn defaults(lint: &Lint<'_>, location: &Param, token: &Param, out: &mut Findings) {
    static LINK: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)deployment\(.*\.templatelink").ok());
    if let Some(value) = &location.value {
        let address = value.as_str().is_some_and(|it| it.starts_with("http"));
        let linked = LINK.as_ref();
        if !address && !linked.is_some_and(|it| it.is_match(value.span.of(lint.text))) {
            let message = format!("the default of `{LOCATION}` is no address");
            out.report(lint.file.at(value), message)
                .help("Make it an address, or `deployment().properties.templateLink.uri`.");
        }
    }
    if let Some(value) = &token.value
        && value.as_str() != Some("")
    {
        let message = format!("the default of `{TOKEN}` is not empty");
        out.report(lint.file.at(value), message)
            .help("Make it `''`, or leave the default out.");
    }
}

fn parameter<'a>(lint: &Lint<'a>, wanted: &str) -> Option<(&'a Declaration, &'a Param)> {
    let mut named = lint.of_kind(SymbolKind::Parameter);
    let (at, _) = named.find(|(_, it)| it.name.eq_ignore_ascii_case(wanted))?;
    let declaration = lint.names.declaration(at)?;
    match &declaration.kind {
        DeclarationKind::Param(it) => Some((declaration, it)),
        _ => None,
    }
}

fn alone(lint: &Lint<'_>, one: &Param, other: &str, out: &mut Findings) {
    let name = &one.name.text;
    out.report(
        lint.file.at(&one.name),
        format!("`{name}` is declared without `{other}`"),
    )
    .help(format!("Declare `{other}` too."));
}

/// A module that has the parameters must be given them.
fn passed(lint: &Lint<'_>, module: &Module, out: &mut Findings) {
    let Some(Callee { parameters, .. }) = parameters_of(lint, &module.source) else {
        return;
    };
    let given = module.body.object().and_then(|it| it.get("params"));
    let given = given.and_then(|it| it.value.object());
    for parameter in parameters {
        let name = parameter.name.as_str();
        let wanted = [LOCATION, TOKEN].iter();
        let mut wanted = wanted.filter(|it| it.eq_ignore_ascii_case(name));
        if wanted.next().is_some() && given.and_then(|it| it.get(name)).is_none() {
            let called = &module.name.text;
            out.report(
                lint.file.at(&module.name),
                format!("the module `{called}` is not given `{name}`"),
            )
            .help(format!("Set `{name}` in `params`."));
        }
    }
}
