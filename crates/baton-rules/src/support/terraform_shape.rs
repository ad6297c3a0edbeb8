//! Blocks of Terraform with the labels, arguments and blocks that they must and may have.

use baton_iac::terraform::{Block, Body};
use baton_repo::File;
use baton_repo::terraform_module::Role;
use baton_source::{Spanned as _, nearest};

use super::terraform::Judged;

/// What a block may and must hold.
#[derive(Clone, Copy)]
struct Shape {
    /// The blocks it may stand in; empty for the outermost ones.
    inside: &'static [&'static str],
    kinds: &'static [&'static str],
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
    inside: &[],
    kinds: &[],
    labels: &[],
    arguments: None,
    required: &[],
    blocks: None,
};

const CLOSED: Shape = Shape {
    arguments: Some(&[]),
    blocks: Some(&[]),
    ..OPEN
};

/// Facts of the configuration schemas of hashicorp/terraform (`internal/configs`, 2026-08-21), and
/// what `OpenTofu` adds (`enabled`, `encryption`).
const SHAPES: [Shape; 20] = [
    Shape {
        kinds: &["terraform"],
        arguments: Some(&["required_version", "experiments", "language"]),
        blocks: Some(&[
            "backend",
            "cloud",
            "required_providers",
            "state_store",
            "provider_meta",
            "encryption",
        ]),
        ..CLOSED
    },
    Shape {
        inside: &["terraform"],
        kinds: &["required_providers"],
        arguments: None,
        ..CLOSED
    },
    Shape {
        inside: &["terraform"],
        kinds: &["backend", "state_store"],
        labels: &["type"],
        ..OPEN
    },
    Shape {
        inside: &["terraform"],
        kinds: &["provider_meta"],
        labels: &["provider"],
        ..OPEN
    },
    Shape {
        kinds: &["provider"],
        labels: &["name"],
        ..OPEN
    },
    Shape {
        kinds: &["variable"],
        labels: &["name"],
        arguments: Some(&[
            "description",
            "default",
            "type",
            "sensitive",
            "ephemeral",
            "nullable",
            "deprecated",
            "const",
        ]),
        blocks: Some(&["validation"]),
        ..CLOSED
    },
    Shape {
        kinds: &["locals"],
        arguments: None,
        ..CLOSED
    },
    Shape {
        kinds: &["output"],
        labels: &["name"],
        arguments: Some(&[
            "description",
            "value",
            "depends_on",
            "sensitive",
            "ephemeral",
            "deprecated",
            "type",
        ]),
        required: &["value"],
        blocks: Some(&["precondition", "postcondition"]),
        ..CLOSED
    },
    Shape {
        kinds: &["module"],
        labels: &["name"],
        required: &["source"],
        ..OPEN
    },
    Shape {
        kinds: &["resource", "data", "ephemeral", "action"],
        labels: &["type", "name"],
        ..OPEN
    },
    Shape {
        inside: &["check"],
        kinds: &["data"],
        labels: &["type", "name"],
        ..OPEN
    },
    Shape {
        kinds: &["moved"],
        arguments: Some(&["from", "to"]),
        required: &["from", "to"],
        ..CLOSED
    },
    Shape {
        kinds: &["removed"],
        arguments: Some(&["from"]),
        required: &["from"],
        blocks: Some(&["lifecycle", "connection", "provisioner"]),
        ..CLOSED
    },
    Shape {
        inside: &["removed"],
        kinds: &["lifecycle"],
        arguments: Some(&["destroy"]),
        ..CLOSED
    },
    Shape {
        kinds: &["import"],
        arguments: Some(&["provider", "for_each", "id", "to", "identity"]),
        required: &["to"],
        ..CLOSED
    },
    Shape {
        kinds: &["check"],
        labels: &["name"],
        blocks: Some(&["data", "assert"]),
        ..CLOSED
    },
    Shape {
        inside: &["variable", "output", "lifecycle", "check"],
        kinds: &["validation", "precondition", "postcondition", "assert"],
        arguments: Some(&["condition", "error_message"]),
        required: &["condition", "error_message"],
        ..CLOSED
    },
    Shape {
        inside: &["resource"],
        kinds: &["lifecycle"],
        arguments: Some(&[
            "create_before_destroy",
            "prevent_destroy",
            "ignore_changes",
            "replace_triggered_by",
            "destroy",
            "enabled",
        ]),
        blocks: Some(&["precondition", "postcondition", "action_trigger"]),
        ..CLOSED
    },
    Shape {
        inside: &["data", "ephemeral"],
        kinds: &["lifecycle"],
        arguments: Some(&["enabled"]),
        blocks: Some(&["precondition", "postcondition"]),
        ..CLOSED
    },
    Shape {
        inside: &["resource", "removed"],
        kinds: &["provisioner"],
        labels: &["type"],
        ..OPEN
    },
];

/// What makes blocks of others, wherever a provider decides which there are.
const DYNAMIC: Shape = Shape {
    labels: &["block"],
    arguments: Some(&["for_each", "iterator", "labels"]),
    required: &["for_each"],
    blocks: Some(&["content"]),
    ..CLOSED
};

/// The shape of a block in another; `None` where the provider decides.
fn shape(parent: Option<&str>, kind: &str) -> Option<&'static Shape> {
    if kind == "dynamic" {
        return parent.filter(|it| *it != "module").map(|_| &DYNAMIC);
    }
    SHAPES.iter().find(|shape| {
        let stands = match parent {
            None => shape.inside.is_empty(),
            Some(parent) => shape.inside.contains(&parent),
        };
        stands && shape.kinds.contains(&kind)
    })
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
        labels(judged, file, block, shape);
        arguments(judged, file, (parent, block), shape);
        if !is_override {
            required(judged, file, block, shape);
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
