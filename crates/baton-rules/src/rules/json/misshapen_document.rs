//! Documents of a known kind have the shape of their kind.

use baton_repo::schema::{self, Schema};
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::Node;

use crate::support::json_schemas::judged;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

/// Generations before this had no schemas, and other shapes.
const SINCE: &str = "2026-05";

/// Kinds of document, the names of their schemas, and the schemas.
const DOCUMENTS: &[(&str, &str, &str)] = &[
    (
        "agent-registry",
        "agent-registry",
        include_str!("../../../../../schemas/agent-registry.schema.json"),
    ),
    (
        "challenge-findings-decisions",
        "challenge-findings-decisions",
        include_str!("../../../../../schemas/challenge-findings-decisions.schema.json"),
    ),
    (
        "deployment-preview",
        "deployment-preview",
        include_str!("../../../../../schemas/deployment-preview.schema.json"),
    ),
    (
        "drawio-baseline-runs",
        "drawio-baseline-runs",
        include_str!("../../../../../schemas/drawio-baseline-runs.schema.json"),
    ),
    (
        "drawio-golden-scenario",
        "drawio-golden-scenario",
        include_str!("../../../../../schemas/drawio-golden-scenario.schema.json"),
    ),
    (
        "drawio-regen-baseline",
        "drawio-regen-baseline",
        include_str!("../../../../../schemas/drawio-regen-baseline.schema.json"),
    ),
    (
        "governance-baseline",
        "governance-baseline",
        include_str!("../../../../../schemas/governance-baseline.schema.json"),
    ),
    (
        "governance-json",
        "governance-constraints",
        include_str!("../../../../../schemas/governance-constraints.schema.json"),
    ),
    (
        "iac-contract",
        "iac-contract",
        include_str!("../../../../../schemas/iac-contract.schema.json"),
    ),
    (
        "iac-handoff",
        "iac-handoff",
        include_str!("../../../../../schemas/iac-handoff.schema.json"),
    ),
    (
        "iteration-log",
        "iteration-log",
        include_str!("../../../../../schemas/iteration-log.schema.json"),
    ),
    (
        "lesson-log",
        "lesson-log",
        include_str!("../../../../../schemas/lesson-log.schema.json"),
    ),
    (
        "model-catalog",
        "model-catalog",
        include_str!("../../../../../schemas/model-catalog.schema.json"),
    ),
    (
        "policy-property-map",
        "policy-property-map",
        include_str!("../../../../../schemas/policy-property-map.schema.json"),
    ),
    (
        "vendor-prompting-rules",
        "vendor-prompting-rules",
        include_str!("../../../../../schemas/vendor-prompting-rules.schema.json"),
    ),
];

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let layout = ctx.repo.layout();
    let has_shapes = layout.since().is_some_and(|since| since >= SINCE);
    if !layout.is("apex") || !has_shapes {
        return;
    }
    for (kind, name, schema) in DOCUMENTS {
        let mut files = ctx.repo.of_kind(kind).filter(|file| is_ours(ctx, file));
        let Some(first) = files.next() else {
            continue;
        };
        // Our own schemas compile; a test says so.
        let tree = json::parse(schema, Dialect::Strict).root;
        let Some(schema) = tree.and_then(|tree| Schema::compile(&tree).ok()) else {
            continue;
        };
        for file in std::iter::once(first).chain(files) {
            let Some(document) = file.node() else {
                continue;
            };
            let errors = schema.validate(document);
            if !errors.is_empty() && is_taken(ctx, name, document) {
                continue;
            }
            for error in errors {
                out.report(file.at(&error), error.message)
                    .help("Mend the value, or map the file to a schema of your own.");
            }
        }
    }
}

/// Whether the repository has a schema of that name, mapped or not, and takes a document.
fn is_taken(ctx: &Ctx<'_>, name: &str, document: &Node) -> bool {
    let path = format!("tools/schemas/{name}.schema.json");
    let file = ctx.repo.file(&path);
    let schema = file.and_then(|file| schema::of_file(ctx.repo, file).ok());
    schema.is_some_and(|schema| schema.validate(document).is_empty())
}

/// Whether no schema of the repository judges a file. A manifest that only takes the place of
/// a registry is no registry.
fn is_ours(ctx: &Ctx<'_>, file: &File) -> bool {
    // Constraints are held to the repository's schema wherever it has one.
    let constraints = ctx.repo.is_kind(file, "governance-json");
    let held = constraints && ctx.repo.of_kind("governance-schema").next().is_some();
    !held && file.path.name() != "manifest.json" && !judged(ctx).files.contains(&file.id)
}
