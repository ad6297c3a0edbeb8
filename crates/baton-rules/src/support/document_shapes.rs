//! Documents of a known kind, held to our own schema of their kind.

use baton_repo::schema::{self, Schema};
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::Node;

use crate::support::json_schemas::judged;
use crate::{Ctx, File, Findings};

/// Generations before this had no schemas, and other shapes.
const SINCE: &str = "2026-05";

/// A kind of document and its shape.
pub(crate) struct Shape {
    /// The kind.
    pub(crate) kind: &'static str,
    /// What repositories call their own schema of it.
    pub(crate) name: &'static str,
    /// Our schema.
    pub(crate) schema: &'static str,
    /// The check that is about nothing but such documents.
    pub(crate) check: Option<&'static str>,
}

/// Reports what breaks the shape of its kind.
///
/// Files that the repository's own schemas judge are left to the rules about those, unless
/// somebody asked for the check of the kind; so are errors of syntax.
pub(crate) fn report(ctx: &Ctx<'_>, out: &mut Findings, shape: &Shape) {
    let layout = ctx.repo.layout();
    let has_shapes = layout.since().is_some_and(|since| since >= SINCE);
    if !layout.is("apex") || !has_shapes {
        return;
    }
    let asked = shape.check.is_some_and(|check| ctx.is_asked(check));
    let files = ctx.repo.of_kind(shape.kind);
    let mut files = files.filter(|file| asked || is_ours(ctx, file));
    let Some(first) = files.next() else {
        return;
    };
    // Our own schemas compile; a test says so.
    let tree = json::parse(shape.schema, Dialect::Strict).root;
    let Some(schema) = tree.and_then(|tree| Schema::compile(&tree).ok()) else {
        return;
    };
    for file in std::iter::once(first).chain(files) {
        if asked && file.problem().is_none() {
            report_syntax(file, out);
        }
        if let Some(document) = file.node() {
            report_violations(ctx, (file, document), (shape.name, &schema), out);
        }
    }
}

fn report_syntax(file: &File, out: &mut Findings) {
    for error in &file.document().errors {
        let message = format!("this is not JSON: {}", error.message);
        out.report(file.at(error), message)
            .help("Mend the syntax; until then nobody can read the document.");
    }
}

fn report_violations(
    ctx: &Ctx<'_>,
    (file, document): (&File, &Node),
    (name, schema): (&str, &Schema),
    out: &mut Findings,
) {
    let errors = schema.validate(document);
    if !errors.is_empty() && is_taken(ctx, name, document) {
        return;
    }
    for error in errors {
        out.report(file.at(&error), error.message)
            .help("Mend the value, or map the file to a schema of your own.");
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
