//! How right the rules about infrastructure are, on labelled cases.
//!
//! Our own cases stand in `fixtures/iac/cases`. Two further tests run where a variable names a
//! checkout: `BATON_TRIVY` of aquasecurity/trivy-checks, `BATON_CHECKOV` of bridgecrewio/checkov;
//! what stands there is judged in memory, and none of it is kept.

#![expect(
    clippy::print_stderr,
    reason = "the tables are what these tests are for"
)]

mod cases;
mod checkov;
mod disagreements;
mod judge;
mod python;
mod score;
mod trivy;

use std::path::PathBuf;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The folder of the labelled cases.
fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/iac")
}

/// The folder that a variable names; an empty one names none.
fn checkout(variable: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(variable).filter(|folder| !folder.is_empty())
}

#[test]
fn own_cases_are_judged_as_their_labels_say() -> Outcome<()> {
    let run = cases::run(&fixtures())?;
    eprintln!("{}", run.table);
    if run.differences.is_empty() {
        return Ok(());
    }
    Err(run.differences.join("\n").into())
}

#[test]
fn examples_of_trivy() -> Outcome<()> {
    let Some(checkout) = checkout("BATON_TRIVY") else {
        return Ok(());
    };
    eprintln!("{}", trivy::score(checkout.as_ref())?);
    Ok(())
}

#[test]
fn examples_of_checkov() -> Outcome<()> {
    let Some(checkout) = checkout("BATON_CHECKOV") else {
        return Ok(());
    };
    eprintln!("{}", checkov::score(checkout.as_ref())?);
    Ok(())
}
