//! Arguments that Terraform itself reads: what they may hold, and which go together.

use baton_iac::model::{Expr, ExprKind, Step};
use baton_iac::terraform::{Attribute, Block};
use baton_repo::File;
use baton_source::Spanned as _;

use super::terraform::Judged;
use super::terraform_calls::configuration;

const MISSHAPEN: &str = "misshapen-meta-argument";

/// Judges the meta-arguments of a module.
pub(crate) fn judge(judged: &mut Judged<'_, '_>) {
    let module = judged.module;
    for (file, block) in module.blocks() {
        match block.kind.as_str() {
            "resource" | "data" | "ephemeral" => {
                both(judged, file, block);
                dependencies(judged, file, block);
                provider(judged, file, block);
                lifecycle(judged, file, block);
            }
            "module" => {
                both(judged, file, block);
                dependencies(judged, file, block);
                providers(judged, file, block);
            }
            "output" => dependencies(judged, file, block),
            "variable" => validations(judged, file, block),
            "moved" => addresses(judged, file, block, &["from", "to"]),
            "removed" => addresses(judged, file, block, &["from"]),
            "import" => addresses(judged, file, block, &["to"]),
            "check" => {
                for data in block.body.blocks_of("data") {
                    provider(judged, file, data);
                }
            }
            _ => {}
        }
    }
}

fn both<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block) {
    let body = &block.body;
    let (Some(count), Some(for_each)) = (body.attribute("count"), body.attribute("for_each"))
    else {
        return;
    };
    let (first, second) = if count.name_span.start < for_each.name_span.start {
        (count, for_each)
    } else {
        (for_each, count)
    };
    let message = format!("`count` and `for_each` stand in one `{}`", block.kind);
    judged
        .add("count-with-for-each", (file, second.span()), message)
        .label(file, first.span(), "the other stands here")
        .help("Keep one of the two.");
}

/// A name, with nothing to compute in it; quoted names are from before version 0.12.
fn is_address(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Reference { path, .. } => path.iter().all(is_static),
        ExprKind::String(_) | ExprKind::Unknown => true,
        _ => false,
    }
}

fn is_static(step: &Step) -> bool {
    match step {
        Step::Name(_) | Step::Optional(_) | Step::Other => true,
        Step::Index(index) => !matches!(
            index.kind,
            ExprKind::Call { .. } | ExprKind::Conditional { .. } | ExprKind::Operation { .. }
        ),
    }
}

fn dependencies<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block) {
    let Some(attribute) = block.body.attribute("depends_on") else {
        return;
    };
    let Some(items) = list(judged, file, attribute) else {
        return;
    };
    for item in items {
        let ExprKind::Reference { root, path } = &item.kind else {
            continue;
        };
        let names = path.iter().filter(|it| matches!(it, Step::Name(_)));
        let is_whole = [
            "var.",
            "local.",
            "path.",
            "each.",
            "count.",
            "self",
            "terraform.",
        ];
        let is_object = !is_whole.iter().any(|prefix| root.starts_with(prefix));
        let depth = match root.split('.').next() {
            Some("resource" | "ephemeral") => 1,
            _ => 0,
        };
        if is_object && names.count() > depth && !root.starts_with("module.") {
            let message = "`depends_on` names whole objects, and this is an attribute".to_owned();
            judged
                .add(MISSHAPEN, (file, item.span), message)
                .help(format!("Write `{root}`."));
        }
    }
}

/// The elements of an argument that has to be a list of names; others are reported.
fn list<'r>(
    judged: &mut Judged<'_, 'r>,
    file: &'r File,
    attribute: &'r Attribute,
) -> Option<&'r [Expr]> {
    let name = &attribute.name;
    let ExprKind::Array(items) = &attribute.value.kind else {
        if attribute.value.kind != ExprKind::Unknown {
            let message = format!("`{name}` has to be a list of names in brackets");
            judged.add(MISSHAPEN, (file, attribute.value.span), message);
        }
        return None;
    };
    for item in items.iter().filter(|item| !is_address(item)) {
        let message = format!("`{name}` takes names alone, and nothing that is computed");
        judged.add(MISSHAPEN, (file, item.span), message);
    }
    Some(items)
}

fn lifecycle<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block) {
    for inner in block.body.blocks_of("lifecycle") {
        let Some(ignored) = inner.body.attribute("ignore_changes") else {
            continue;
        };
        let is_all = match &ignored.value.kind {
            ExprKind::Reference { root, path } => root == "all" && path.is_empty(),
            // As before version 0.12.
            ExprKind::String(word) => word == "all",
            _ => false,
        };
        if !is_all {
            list(judged, file, ignored);
        }
    }
}

fn provider<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block) {
    let Some(attribute) = block.body.attribute("provider") else {
        return;
    };
    let value = &attribute.value;
    if !matches!(
        value.kind,
        ExprKind::Reference { .. } | ExprKind::String(_) | ExprKind::Unknown
    ) {
        let message = "`provider` has to be the name of a provider, with an alias or without";
        judged.add(MISSHAPEN, (file, value.span), message.to_owned());
        return;
    }
    configured(judged, file, value);
}

fn providers<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block) {
    let Some(attribute) = block.body.attribute("providers") else {
        return;
    };
    match &attribute.value.kind {
        ExprKind::Object(properties) => {
            for property in properties {
                configured(judged, file, &property.value);
            }
        }
        ExprKind::Unknown => {}
        _ => {
            let message = "`providers` has to be a map of names in braces".to_owned();
            judged.add(MISSHAPEN, (file, attribute.value.span), message);
        }
    }
}

/// Whether the module knows a configuration with this alias.
fn configured<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, value: &'r Expr) {
    let module = judged.module;
    let Some((provider, alias)) = configuration(value) else {
        return;
    };
    let address = format!("provider.{provider}.{alias}");
    if !module.is_whole || !module.declarations(&address).is_empty() || has_alias(judged, provider)
    {
        return;
    }
    let known = module.declared.keys();
    let known = known.filter_map(|it| it.strip_prefix("provider."));
    let known = known.filter(|it| it.contains('.'));
    let meant = baton_source::nearest(&format!("{provider}.{alias}"), known);
    let message = format!("provider `{provider}` has no configuration with alias `{alias}` here");
    let problem = judged.add("undeclared-terraform-provider", (file, value.span), message);
    if meant.is_some() {
        problem.meant(meant);
    } else {
        problem.help("Declare it with `alias`, or in `configuration_aliases` of a module.");
    }
}

/// Whether what the module is given includes, or may include, any alias of a provider.
fn has_alias(judged: &Judged<'_, '_>, provider: &str) -> bool {
    let module = judged.module;
    if module.json().next().is_some() {
        return true;
    }
    let terraform = module.blocks_of("terraform");
    let mut required = terraform.flat_map(|(_, block)| block.body.blocks_of("required_providers"));
    let mentions = |block: &Block| {
        let entry = block.body.attribute(provider)?;
        entry.value.property("configuration_aliases").map(|_| ())
    };
    // An alias that is computed may be any.
    let computed = |(_, block): (&File, &Block)| {
        let alias = block.body.attribute("alias");
        block.label(0) == Some(provider) && alias.is_some_and(|it| it.value.as_str().is_none())
    };
    required.any(|block| mentions(block).is_some()) || module.blocks_of("provider").any(computed)
}

fn addresses<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block, names: &[&str]) {
    for name in names {
        let Some(attribute) = block.body.attribute(name) else {
            continue;
        };
        let kind = &attribute.value.kind;
        if !matches!(kind, ExprKind::Reference { .. } | ExprKind::Unknown) {
            let message = format!("`{name}` of `{}` has to be an address", block.kind);
            judged
                .add(MISSHAPEN, (file, attribute.value.span), message)
                .help("Write it without quotes and functions.");
        }
    }
}

/// A condition has to look at the variable it stands in.
fn validations<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block) {
    let Some(name) = block.label(0) else {
        return;
    };
    for validation in block.body.blocks_of("validation") {
        let Some(condition) = validation.body.attribute("condition") else {
            continue;
        };
        let looks =
            |it: &baton_iac::terraform::Reference| it.root == "var" && it.name(0) == Some(name);
        if !condition.references.iter().any(looks) {
            let message = format!("the condition does not look at `var.{name}`");
            judged
                .add(
                    "unrelated-variable-validation",
                    (file, condition.value.span),
                    message,
                )
                .help("Refer to the variable that the validation stands in.");
        }
    }
}
