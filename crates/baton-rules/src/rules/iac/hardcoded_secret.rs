//! No secret stands in infrastructure code.

use std::collections::BTreeSet;

use baton_iac::evaluate::{self, Known, Place, Scope};
use baton_iac::model::{Expr, ExprKind, Key, Property, Step, SymbolKind, Template, TemplatePart};
use baton_source::Span;

use crate::support::iac::{label_origin, scope_of};
use crate::support::iac_secrets::{
    carries_secret, is_secret_name, is_secret_value, secret_properties,
};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const HELP: &str =
    "Take the secret out of the code, change it where it is used, and read it from a key vault.";

/// Reports each literal once, however many ways lead to it.
struct Reporter<'a> {
    file: &'a File,
    out: &'a mut Findings,
    seen: BTreeSet<Span>,
}

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(iac) = file.iac() else { return };
    let scope = scope_of(&iac.template);
    let mut reporter = Reporter {
        file,
        out,
        seen: BTreeSet::new(),
    };
    parameters(&scope, &iac.template, &mut reporter);
    for resource in iac
        .template
        .resources
        .iter()
        .filter(|resource| !resource.existing)
    {
        for property in secret_properties(iac.template.language, resource) {
            let path: Vec<&str> = property.path.split('/').collect();
            if is_user_name(&resource.body, &path) {
                continue;
            }
            reporter.values(&scope, &resource.body, &path);
        }
        walk(&scope, &resource.body, &mut reporter);
    }
    for module in &iac.template.modules {
        walk(&scope, &module.arguments, &mut reporter);
    }
    for assignment in &iac.template.assignments {
        let text = literal(&assignment.value);
        if is_secret_name(&assignment.name)
            && text.is_some_and(|text| is_secret_value(&assignment.name, text))
        {
            reporter.report(&assignment.name, assignment.value.span);
        }
    }
}

/// Defaults of parameters that are secret by declaration or by name.
fn parameters(scope: &dyn Scope, template: &Template, reporter: &mut Reporter<'_>) {
    for symbol in template
        .symbols
        .iter()
        .filter(|symbol| symbol.kind == SymbolKind::Parameter)
    {
        let Some(value) = &symbol.value else { continue };
        let is_secret = symbol.secure || is_secret_name(&symbol.name);
        if is_secret && literal(value).is_some_and(|text| is_secret_value(&symbol.name, text)) {
            reporter.report(&symbol.name, value.span);
        }
        walk(scope, value, reporter);
    }
    for symbol in template
        .symbols
        .iter()
        .filter(|symbol| symbol.kind != SymbolKind::Parameter)
    {
        if let Some(value) = &symbol.value {
            walk(scope, value, reporter);
        }
    }
}

/// Every property below an expression, and every text.
fn walk(scope: &dyn Scope, expression: &Expr, reporter: &mut Reporter<'_>) {
    let mut open = vec![expression];
    while let Some(expression) = open.pop() {
        match &expression.kind {
            ExprKind::Object(properties) => {
                for property in properties {
                    named(scope, expression, property, reporter);
                    open.push(&property.value);
                }
            }
            ExprKind::Array(items) => open.extend(items),
            ExprKind::Conditional {
                then, otherwise, ..
            } => open.extend([&**then, &**otherwise]),
            ExprKind::Call { arguments, .. } => open.extend(arguments),
            ExprKind::Operation { operands, .. } => open.extend(operands),
            ExprKind::For { body, .. } | ExprKind::Spread(body) => open.push(body),
            ExprKind::String(text) => reporter.text(text, expression.span),
            ExprKind::Template(parts) => {
                for part in parts {
                    match part {
                        TemplatePart::Literal(text) => reporter.text(text, expression.span),
                        TemplatePart::Value(value) => open.push(value),
                    }
                }
            }
            _ => {}
        }
    }
}

fn named(scope: &dyn Scope, owner: &Expr, property: &Property, reporter: &mut Reporter<'_>) {
    let Key::Name(name) = &property.key else {
        return;
    };
    if is_secret_name(name) {
        reporter.values(scope, owner, &[name]);
    }
}

/// Whether the value at a path comes from something that holds the name of a user.
fn is_user_name(body: &Expr, path: &[&str]) -> bool {
    let value = path.iter().try_fold(body, |expression, name| {
        let ExprKind::Object(properties) = &expression.kind else {
            return None;
        };
        let is_named =
            |property: &&Property| matches!(&property.key, Key::Name(key) if key == name);
        properties
            .iter()
            .find(is_named)
            .map(|property| &property.value)
    });
    let mut open: Vec<&Expr> = value.into_iter().collect();
    while let Some(expression) = open.pop() {
        match &expression.kind {
            ExprKind::Reference { path, .. } | ExprKind::Access { path, .. } => {
                if matches!(path.last(), Some(Step::Name(name)) if names_user(name)) {
                    return true;
                }
            }
            ExprKind::Call { arguments, .. } => open.extend(arguments),
            ExprKind::Conditional {
                then, otherwise, ..
            } => open.extend([&**then, &**otherwise]),
            ExprKind::Operation { operands, .. } => open.extend(operands),
            _ => {}
        }
    }
    false
}

fn names_user(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace(['_', '-'], "");
    ["username", "loginname", "adminlogin"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

fn literal(expression: &Expr) -> Option<&str> {
    match &expression.kind {
        ExprKind::String(text) => Some(text),
        _ => None,
    }
}

impl Reporter<'_> {
    /// The literals that a property may have.
    fn values(&mut self, scope: &dyn Scope, body: &Expr, path: &[&str]) {
        let name = path.last().copied().unwrap_or("");
        for candidate in evaluate::lookup(scope, body, path).candidates {
            let Known::String(text) = &candidate.value else {
                continue;
            };
            let Place { file: None, span } = candidate.source else {
                continue;
            };
            if !is_secret_value(name, text) || !self.seen.insert(span) {
                continue;
            }
            let at = self.file.at(&span);
            let finding = self.out.report(
                at,
                format!("`{name}` is given a secret that stands in the code"),
            );
            finding.help(HELP);
            label_origin(finding, self.file, &candidate);
        }
    }

    fn report(&mut self, name: &str, span: Span) {
        if self.seen.insert(span) {
            let message = format!("`{name}` is given a secret that stands in the code");
            self.out.report(self.file.at(&span), message).help(HELP);
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        if carries_secret(text) && self.seen.insert(span) {
            let message = "this text carries a key or a password";
            self.out.report(self.file.at(&span), message).help(HELP);
        }
    }
}
