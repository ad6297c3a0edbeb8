//! Governance constraints follow their schema.

use std::sync::OnceLock;

use baton_repo::Schema;
use baton_repo::artifact::can_be_artifact;

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let mut schemas = ctx.repo.of_kind("governance-schema");
    let Some(schema_file) = schemas.next() else {
        return;
    };
    let Some(schema_node) = schema_file.node() else {
        return;
    };
    let compiled: OnceLock<Option<Schema>> = OnceLock::new();
    for file in ctx.repo.of_kind("governance-json") {
        let Some(document) = file.node().filter(|_| can_be_artifact(file)) else {
            continue;
        };
        let schema = compiled.get_or_init(|| match Schema::compile(schema_node) {
            Ok(schema) => Some(schema),
            Err(error) => {
                out.report(schema_file.at(&error), error.message)
                    .help("Mend the schema; until then no constraints are checked.");
                None
            }
        });
        let Some(schema) = schema else {
            return;
        };
        for error in schema.validate(document) {
            out.report(file.at(&error), error.message)
                .help("Discover the constraints again, or mend the value by hand.")
                .label(schema_file.whole(), "the schema");
        }
    }
}
