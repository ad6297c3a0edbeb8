//! Fields of a graph have the right names and types.

use std::sync::LazyLock;

use baton_repo::graph::{LoadErrorKind, WorkflowGraph};
use baton_repo::{Schema, SchemaError};
use baton_syntax::json::{self, Dialect};

use crate::support::graph::{graph, report_errors};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const HELP: &str = "Write the field as the schema of workflow graphs describes it.";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let (Some(graph), Some(root)) = (graph(ctx, file), file.node()) else {
        return;
    };
    if !graph.format.is_v2() {
        report_errors(ctx, file, (LoadErrorKind::Field, HELP), out);
        return;
    }
    let Some(schema) = schema() else { return };
    for error in schema.validate(root) {
        if !is_judged_elsewhere(graph, &error) {
            out.report(file.at(&error), error.message).help(HELP);
        }
    }
}

fn schema() -> Option<&'static Schema> {
    static SCHEMA: LazyLock<Option<Schema>> = LazyLock::new(|| {
        let text = include_str!("../../../../../schemas/workflow-graph.schema.json");
        let document = json::parse(text, Dialect::Strict);
        Schema::compile(document.root.as_ref()?).ok()
    });
    SCHEMA.as_ref()
}

/// Whether another rule of the family reports the same.
fn is_judged_elsewhere(graph: &WorkflowGraph, error: &SchemaError) -> bool {
    let parts: Vec<&str> = error.pointer.split('/').skip(1).collect();
    let key = error.key.as_deref().unwrap_or_default();
    let surplus = matches!(
        error.keyword.as_str(),
        "additionalProperties" | "uniqueItems"
    );
    match parts.as_slice() {
        ["nodes", id] => matches!(key, "id" | "type") && graph.find(id).is_some(),
        ["metadata", "version"] => error.keyword == "enum",
        ["nodes", _, "id" | "type"]
        | ["nodes", _, "challenger", "passes"]
        | ["edges", _, "from" | "to" | "condition", ..] => true,
        ["nodes", _, "challenger", "complexity_matrix"] | ["edges", _] => {
            error.keyword == "required"
        }
        [
            "nodes",
            _,
            "challenger",
            "complexity_matrix" | "opt_in_matrix",
            _,
            rest @ ..,
        ] => matches!(key, "passes" | "lenses") || matches!(rest, ["passes" | "lenses"]),
        ["nodes", _, "preconditions", _, "on_fail"] => error.keyword == "pattern",
        [
            "return_edges" | "challenger" | "orchestrator_targets" | "ui_pseudo_targets",
            ..,
        ] => !surplus,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_compiles() {
        assert!(super::schema().is_some());
    }
}
