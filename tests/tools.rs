//! What only other people's programs can judge: the official SARIF schema.
//!
//! `BATON_E2E_TOOLS` names a folder into which `.ci/run` installs them; without it these tests
//! say that they were skipped.

#![expect(
    clippy::print_stderr,
    reason = "a test that cannot prepare its input has failed, and one that is skipped says so"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The folder of tools, when there is one.
fn tools() -> Option<PathBuf> {
    let folder = std::env::var_os("BATON_E2E_TOOLS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: BATON_E2E_TOOLS names no folder of tools");
    }
    folder
}

#[test]
fn sarif_is_valid_for_the_official_schema() {
    let Some(tools) = tools() else { return };
    let schemas = tools.join("node_modules/@microsoft/jest-sarif/lib/schemas");
    let schema = fs::read_dir(schemas)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mut schema: Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    // The schema's pattern for languages has a bracket too many and is no regular expression.
    for owner in ["run", "toolComponent"] {
        let pointer = format!("/definitions/{owner}/properties/language");
        let language = schema.pointer_mut(&pointer).unwrap();
        language.as_object_mut().unwrap().remove("pattern");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    for repository in ["june-clean", "june-broken"] {
        let output = Command::new(env!("CARGO_BIN_EXE_baton"))
            .args(["check", "--output-format", "sarif"])
            .current_dir(
                Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("../../fixtures/repos")
                    .join(repository),
            )
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{repository}:\n{}", errors.join("\n"));
    }
}
