//! Blocks of Terraform with the labels, arguments and blocks that they must and may have.

use baton_iac::terraform::{Block, Body};
use baton_repo::File;
use baton_repo::terraform_module::Role;
use baton_source::{Spanned as _, nearest};

use super::terraform::Judged;

/// What a block may and must hold. Facts of the configuration schemas of hashicorp/terraform
/// (`internal/configs`, 2026-08-21) and what OpenTofu adds (`enabled`, `encryption`).
struct Shape {
    labels: &'static [&'static str],
    /// `None`: any.
    arguments: Option<&'static [&'static str]>,
    required: &'static [&'static str],
    /// `None`: any.
    blocks: Option<&'static [&'static str]>,
}

const TOP: [&str; 15] = [
    "terraform",
    "provider",
    "variable",
    "locals",
    "output",
    "module",
    "resource",
    "data",
    "ephemeral",
    "action",
    "moved",
    "removed",
    "import",
    "check",
    "list",
];

const OPEN: Shape = Shape {
    labels: &[],
    arguments: None,
    required: &[],
    blocks: None,
};

/// The shape of a block in another; `None` where the provider decides.
fn shape(parent: Option<&str>, kind: &str) -> Option<Shape> {
    let closed = |arguments, required, blocks| Shape {
        arguments: Some(arguments),
        required,
        blocks: Some(blocks),
        ..OPEN
    };
    Some(match (parent, kind) {
        (None, "terraform") => closed(
            &["required_version", "experiments", "language"],
            &[],
            &[
                "backend",
                "cloud",
                "required_providers",
                "state_store",
                "provider_meta",
                "encryption",
            ],
        ),
        (Some("terraform"), "required_providers") => Shape {
            blocks: Some(&[]),
            ..OPEN
        },
        (Some("terraform"), "backend" | "state_store") => labelled(&["type"]),
        (Some("terraform"), "provider_meta") => labelled(&["provider"]),
        (None, "provider") => labelled(&["name"]),
        (None, "variable") => Shape {
            labels: &["name"],
            ..closed(
                &[
                    "description",
                    "default",
                    "type",
                    "sensitive",
                    "ephemeral",
                    "nullable",
                    "deprecated",
                    "const",
                ],
                &[],
                &["validation"],
            )
        },
        (None, "locals") => Shape {
            blocks: Some(&[]),
            ..OPEN
        },
        (None, "output") => Shape {
            labels: &["name"],
            ..closed(
                &[
                    "description",
                    "value",
                    "depends_on",
                    "sensitive",
                    "ephemeral",
                    "deprecated",
                    "type",
                ],
                &["value"],
                &["precondition", "postcondition"],
            )
        },
        (None, "module") => Shape {
            labels: &["name"],
            required: &["source"],
            ..OPEN
        },
        (None, "resource" | "data" | "ephemeral" | "action") | (Some("check"), "data") => {
            labelled(&["type", "name"])
        }
        (None, "moved") => closed(&["from", "to"], &["from", "to"], &[]),
        (None, "removed") => closed(
            &["from"],
            &["from"],
            &["lifecycle", "connection", "provisioner"],
        ),
        (Some("removed"), "lifecycle") => closed(&["destroy"], &[], &[]),
        (None, "import") => closed(
            &["provider", "for_each", "id", "to", "identity"],
            &["to"],
            &[],
        ),
        (None, "check") => Shape {
            labels: &["name"],
            ..closed(&[], &[], &["data", "assert"])
        },
        (Some("variable"), "validation")
        | (Some("output" | "lifecycle"), "precondition" | "postcondition")
        | (Some("check"), "assert") => closed(
            &["condition", "error_message"],
            &["condition", "error_message"],
            &[],
        ),
        (Some("resource"), "lifecycle") => closed(
            &[
                "create_before_destroy",
                "prevent_destroy",
                "ignore_changes",
                "replace_triggered_by",
                "destroy",
                "enabled",
            ],
            &[],
            &["precondition", "postcondition", "action_trigger"],
        ),
        (Some("data" | "ephemeral"), "lifecycle") => {
            closed(&["enabled"], &[], &["precondition", "postcondition"])
        }
        (Some("resource" | "removed"), "provisioner") => labelled(&["type"]),
        (Some(parent), "dynamic") if parent != "module" => Shape {
            labels: &["block"],
            ..closed(
                &["for_each", "iterator", "labels"],
                &["for_each"],
                &["content"],
            )
        },
        _ => return None,
    })
}

fn labelled(labels: &'static [&'static str]) -> Shape {
    Shape { labels, ..OPEN }
}

/// Judges the blocks of a module.
pub(crate) fn judge(judged: &mut Judged<'_, '_>) {
    let module = judged.module;
    for code in module.files.iter().filter(|it| is_code(it.role)) {
        let Some(iac) = code.file.iac() else {
            continue;
        };
        for attribute in &iac.outline.body.attributes {
            let message = format!("argument `{}` stands outside of any block", attribute.name);
            judged
                .add(
                    "unknown-terraform-argument",
                    (code.file, attribute.span()),
                    message,
                )
                .help("Put it into a block; values of variables belong into a `.tfvars` file.");
        }
        let is_override = code.role == Role::Override;
        for block in &iac.outline.body.blocks {
            top(judged, code.file, block, is_override);
        }
    }
}

fn is_code(role: Role) -> bool {
    matches!(role, Role::Code | Role::Override)
}

fn top<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block, is_override: bool) {
    if !TOP.contains(&block.kind.as_str()) {
        let message = format!("Terraform has no block `{}`", block.kind);
        let problem = judged.add("unknown-terraform-block", (file, block.kind_span), message);
        if block.kind == "required_providers" {
            problem.help("Put it into a block `terraform`.");
        } else {
            problem.meant(nearest(&block.kind, TOP));
        }
        return;
    }
    check(judged, file, (None, block), is_override);
}

/// A block with the kind of the block it is in, and everything in it.
fn check<'r>(
    judged: &mut Judged<'_, 'r>,
    file: &'r File,
    (parent, block): (Option<&str>, &'r Block),
    is_override: bool,
) {
    if let Some(shape) = shape(parent, &block.kind) {
        labels(judged, file, block, &shape);
        arguments(judged, file, (parent, block), &shape);
        if !is_override {
            required(judged, file, block, &shape);
        }
    }
    // In what a provider defines only `dynamic` means the same everywhere.
    let inside = match parent {
        _ if parent.is_none() || is_own(&block.kind) => block.kind.as_str(),
        _ => "block",
    };
    for inner in &block.body.blocks {
        check(judged, file, (Some(inside), inner), is_override);
    }
}

fn is_own(kind: &str) -> bool {
    matches!(kind, "lifecycle" | "data" | "dynamic")
}

fn labels<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block, shape: &Shape) {
    let (is, wanted) = (block.labels.len(), shape.labels.len());
    if is == wanted {
        return;
    }
    let at = match block.labels.get(wanted) {
        Some(surplus) => surplus.span,
        None => block.kind_span,
    };
    let words = match shape.labels {
        [] => "no label".to_owned(),
        [one] => format!("one label, its {one}"),
        many => format!("{} labels: {}", many.len(), many.join(" and ")),
    };
    let message = format!("`{}` takes {words}; this has {is}", block.kind);
    judged.add("mislabelled-terraform-block", (file, at), message);
}

fn arguments<'r>(
    judged: &mut Judged<'_, 'r>,
    file: &'r File,
    (parent, block): (Option<&str>, &'r Block),
    shape: &Shape,
) {
    let Body { attributes, blocks } = &block.body;
    if let Some(known) = shape.arguments {
        let unknown = |name: &str| !known.contains(&name);
        for attribute in attributes.iter().filter(|it| unknown(&it.name)) {
            let message = format!("`{}` has no argument `{}`", block.kind, attribute.name);
            let is_block = shape
                .blocks
                .is_some_and(|blocks| blocks.contains(&attribute.name.as_str()));
            let problem = judged.add(
                "unknown-terraform-argument",
                (file, attribute.span()),
                message,
            );
            if is_block {
                problem.help("Write it as a block, without `=`.");
            } else {
                problem.meant(nearest(&attribute.name, known.iter().copied()));
            }
        }
    }
    let Some(known) = shape.blocks else {
        return;
    };
    let escapes = |kind: &str| kind == "dynamic" && parent.is_some();
    for inner in blocks {
        if known.contains(&inner.kind.as_str()) || escapes(&inner.kind) {
            continue;
        }
        let message = format!("`{}` has no block `{}`", block.kind, inner.kind);
        let is_argument = block.kind == "locals"
            || shape
                .arguments
                .is_some_and(|known| known.contains(&inner.kind.as_str()));
        let problem = judged.add("unknown-terraform-block", (file, inner.kind_span), message);
        if is_argument {
            problem.help("Write it as an argument, with `=`.");
        } else {
            problem.meant(nearest(&inner.kind, known.iter().copied()));
        }
    }
}

fn required<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block, shape: &Shape) {
    let body = &block.body;
    let mut missing = Vec::new();
    for name in shape.required {
        if body.attribute(name).is_none() {
            missing.push(format!("argument `{name}`"));
        }
    }
    let has = |kind: &str| body.blocks_of(kind).next().is_some();
    match block.kind.as_str() {
        "check" if !has("assert") => missing.push("block `assert`".to_owned()),
        "dynamic" if !has("content") => missing.push("block `content`".to_owned()),
        "import" if body.attribute("id").is_none() && body.attribute("identity").is_none() => {
            missing.push("argument `id`".to_owned());
        }
        _ => {}
    }
    for what in missing {
        let message = format!("`{}` needs {what}", block.kind);
        judged.add("missing-terraform-argument", (file, block.span), message);
    }
}
