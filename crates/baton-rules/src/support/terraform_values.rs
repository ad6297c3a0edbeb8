//! Literals that are not of the type they have to be of, and values that must not be computed.

use baton_iac::model::{Expr, ExprKind};
use baton_iac::terraform::constraint::{Type, constraint, misfits};
use baton_iac::terraform::{Attribute, Block};
use baton_repo::File;
use baton_repo::terraform_module::Role;
use baton_source::{Spanned as _, nearest};

use super::terraform::Judged;
use super::terraform_members::variable_type;

const MISTYPED: &str = "mistyped-terraform-value";
const COMPUTED: &str = "computed-constant";

/// Judges the values of a module.
pub(crate) fn judge(judged: &mut Judged<'_, '_>) {
    let module = judged.module;
    for (file, block) in module.blocks() {
        match block.kind.as_str() {
            "variable" => variable(judged, file, block),
            "resource" | "data" | "ephemeral" | "module" => repetition(judged, file, block),
            _ => {}
        }
    }
    let values = module.files.iter().filter(|it| it.role == Role::Values);
    for file in values.map(|it| it.file) {
        assignments(judged, file);
    }
}

fn variable<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block) {
    let name = block.label(0).unwrap_or("");
    if let Some(kind) = block.body.attribute("type") {
        types(judged, file, kind);
    }
    let Some(default) = block.body.attribute("default") else {
        return;
    };
    constant(judged, file, default);
    let address = format!("var.{name}");
    let kind = variable_type(judged.module, &address);
    if let (1, Some(kind)) = (judged.module.declarations(&address).len(), kind) {
        for misfit in misfits(&default.value, &kind) {
            let message = format!("default of `{name}`: {}", misfit.message);
            judged.add(MISTYPED, (file, misfit.span), message);
        }
    }
    let nullable = block.body.attribute("nullable").map(|it| &it.value.kind);
    if default.value.kind == ExprKind::Null && nullable == Some(&ExprKind::Bool(false)) {
        let message = format!("default of `{name}`: null is not allowed with `nullable = false`");
        judged.add(MISTYPED, (file, default.value.span), message);
    }
}

fn types<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, kind: &'r Attribute) {
    let rule = "malformed-type-constraint";
    if let Some(text) = kind.value.as_str() {
        let message = "a type stands in quotes, as before version 0.12".to_owned();
        judged
            .add(rule, (file, kind.value.span), message)
            .help(format!("Write `{text}` without quotes."));
        return;
    }
    for error in constraint(&kind.value).1 {
        judged
            .add(rule, (file, error.span), error.message)
            .meant(error.meant);
    }
}

/// Values that Terraform takes as they stand: a reference or a function is an error there.
fn constant<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, attribute: &'r Attribute) -> bool {
    let at = if let Some(reference) = attribute.references.first() {
        let message = format!("`{}` cannot refer to anything", attribute.name);
        Some((reference.span, message))
    } else {
        call(&attribute.value).map(|call| {
            let message = format!("`{}` cannot call a function", attribute.name);
            (call.span, message)
        })
    };
    let Some((span, message)) = at else {
        return true;
    };
    judged
        .add(COMPUTED, (file, span), message)
        .help("Compute it in `locals`, and keep a literal here.");
    false
}

fn call(value: &Expr) -> Option<&Expr> {
    match &value.kind {
        ExprKind::Call { .. } => Some(value),
        ExprKind::Array(items) => items.iter().find_map(call),
        ExprKind::Object(properties) => properties.iter().find_map(|it| call(&it.value)),
        _ => None,
    }
}

/// What `count` and `for_each` go over.
fn repetition<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block) {
    if let Some(count) = block.body.attribute("count") {
        for misfit in misfits(&count.value, &Type::Number) {
            let message = format!("`count`: {}", misfit.message);
            judged.add(MISTYPED, (file, misfit.span), message);
        }
        if let Some(word) = collection(judged, &count.value, false) {
            let message = format!("`count`: a number is needed, this is {word}");
            judged
                .add(MISTYPED, (file, count.value.span), message)
                .help("Use `for_each`, or the length.");
        }
    }
    let Some(for_each) = block.body.attribute("for_each") else {
        return;
    };
    let word = match &for_each.value.kind {
        ExprKind::Array(_) => Some("a list"),
        ExprKind::String(_) | ExprKind::Template(_) => Some("a string"),
        ExprKind::Number(_) => Some("a number"),
        ExprKind::Bool(_) => Some("a bool"),
        ExprKind::Null => Some("null"),
        _ => collection(judged, &for_each.value, true),
    };
    let Some(word) = word else {
        return;
    };
    let message = format!("`for_each`: a map or a set of strings is needed, this is {word}");
    let problem = judged.add(MISTYPED, (file, for_each.value.span), message);
    if word == "a list" {
        problem.help("Wrap it into `toset`.");
    }
}

/// What a variable is that cannot be gone over, or counted.
fn collection(judged: &Judged<'_, '_>, value: &Expr, is_each: bool) -> Option<&'static str> {
    let ExprKind::Reference { root, path } = &value.kind else {
        return None;
    };
    if !root.starts_with("var.") || !path.is_empty() {
        return None;
    }
    match (variable_type(judged.module, root)?, is_each) {
        (Type::List(_), _) => Some("a list"),
        (Type::Tuple(_), _) => Some("a tuple"),
        (Type::Map(_) | Type::Object(_), false) => Some("a map"),
        (Type::Set(_), false) => Some("a set"),
        (Type::Bool, _) => Some("a bool"),
        (Type::String, true) => Some("a string"),
        (Type::Number, true) => Some("a number"),
        _ => None,
    }
}

/// Values of variables in a file of their own.
fn assignments<'r>(judged: &mut Judged<'_, 'r>, file: &'r File) {
    let Some(iac) = file.iac().filter(|iac| iac.errors.is_empty()) else {
        return;
    };
    let body = &iac.outline.body;
    // Terragrunt kept its own settings in such files once.
    if body.attribute("terragrunt").is_some() || !judged.module.has_code() {
        return;
    }
    for block in &body.blocks {
        let message = format!(
            "a file of values has no blocks, and `{}` is one",
            block.kind
        );
        judged
            .add("unknown-terraform-block", (file, block.kind_span), message)
            .help("Write it as an argument, with `=`.");
    }
    let module = judged.module;
    let is_known = |it: &Attribute| !module.declarations(&format!("var.{}", it.name)).is_empty();
    // Files for other purposes, such as the settings of a backend, look the same.
    let is_about_this = body.attributes.iter().any(is_known) || is_read_always(file);
    for attribute in &body.attributes {
        let is_constant = constant(judged, file, attribute);
        let address = format!("var.{}", attribute.name);
        if module.declarations(&address).is_empty() {
            if module.is_whole && is_about_this {
                undeclared(judged, file, attribute);
            }
            continue;
        }
        let Some(kind) = variable_type(module, &address).filter(|_| is_constant) else {
            continue;
        };
        for misfit in misfits(&attribute.value, &kind) {
            let message = format!("variable `{}`: {}", attribute.name, misfit.message);
            let problem = judged.add(MISTYPED, (file, misfit.span), message);
            if let Some((file, block)) = module.declaring(&address).next() {
                problem.label(file, block.span, "the variable is declared here");
            }
        }
    }
}

/// Whether Terraform reads the file without being told.
fn is_read_always(file: &File) -> bool {
    let name = file.path.name();
    name == "terraform.tfvars" || name.ends_with(".auto.tfvars")
}

fn undeclared<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, attribute: &'r Attribute) {
    let module = judged.module;
    let known = module.declared.keys();
    let known = known.filter_map(|it| it.strip_prefix("var."));
    let meant = nearest(&attribute.name, known);
    let message = format!(
        "variable `{}` is not declared in this folder",
        attribute.name
    );
    judged
        .add(
            "undeclared-tfvars-variable",
            (file, attribute.span()),
            message,
        )
        .meant(meant);
}
