//! Terraform modules judged by us and by `terraform validate`: the same verdict.
//!
//! The cases need no provider but the one that Terraform has itself, and say what Terraform 1.11
//! answered. `BATON_TERRAFORM_VALIDATE` makes the other test ask the `terraform` on `PATH` again;
//! without it that test says that it was skipped.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]
#![expect(
    clippy::print_stderr,
    reason = "a test that is skipped says so, and one that compares says how much"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use baton_check::{CheckConfig, Scope, check, select};
use baton_repo::{Date, Memory, Options, Repo};
use baton_rules::Settings;
use baton_source::Severity;

const CASES: &str = include_str!("../fixtures/terraform/validate.txt");

/// A module, and what is said about it.
struct Case {
    name: String,
    /// Whether Terraform takes it.
    theirs: bool,
    /// Whether we find no error.
    ours: bool,
    files: Vec<(String, String)>,
}

/// `=== name: valid` or `invalid`; behind a comma what we say where that differs.
fn cases() -> Vec<Case> {
    let texts = CASES.split("=== ").skip(1);
    let case = |text: &str| {
        let (head, rest) = text.split_once('\n').unwrap();
        let (name, verdict) = head.rsplit_once(": ").unwrap();
        let (theirs, ours) = verdict.split_once(", ").unwrap_or((verdict, verdict));
        let file = |text: &str| {
            let (path, text) = text.split_once('\n').unwrap();
            (path.to_owned(), text.to_owned())
        };
        Case {
            name: name.to_owned(),
            theirs: theirs == "valid",
            ours: ours.trim_start_matches("here ") == "valid",
            files: rest.split("--- ").skip(1).map(file).collect(),
        }
    };
    texts.map(case).collect()
}

#[test]
fn we_judge_every_case_as_it_says() {
    let cases = cases();
    assert!(cases.len() > 300, "{}", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let errors = errors(case);
        if errors.is_empty() != case.ours {
            wrong.push(format!("{}: {}", case.name, errors.join("; ")));
        }
    }
    let differ = cases.iter().filter(|case| case.ours != case.theirs).count();
    eprintln!(
        "{} cases, {differ} judged otherwise by Terraform",
        cases.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn errors(case: &Case) -> Vec<String> {
    let files = case.files.iter();
    let source = Memory::new(files.map(|(path, text)| (path, text.as_str())));
    let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
    let config = CheckConfig {
        selection: select(
            &[
                "lint:terraform".to_owned(),
                "terraform-syntax-error".to_owned(),
            ],
            &[],
        )
        .unwrap(),
        settings: Settings::default(),
        today: "2026-11-21".parse::<Date>().unwrap(),
        levels: BTreeMap::new(),
        overrides: Vec::new(),
        baseline: None,
        standing: None,
    };
    let report = check(&repo, &config, &Scope::All).unwrap();
    assert!(report.failures.is_empty(), "{}", case.name);
    let errors = report.findings.iter();
    let errors = errors.filter(|it| it.severity == Severity::Error);
    errors
        .map(|it| format!("{} ({})", it.message, it.rule))
        .collect()
}

#[test]
fn terraform_judges_every_case_as_it_says() {
    if std::env::var_os("BATON_TERRAFORM_VALIDATE").is_none() {
        eprintln!("skipped: BATON_TERRAFORM_VALIDATE is not set");
        return;
    }
    let mut wrong = Vec::new();
    for case in cases() {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in &case.files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let calls = case.files.iter().any(|(_, text)| text.contains("module"));
        let init = ["init", "-backend=false", "-input=false", "-no-color"];
        let is_ready = !calls || succeeds(folder.path(), &init);
        let is_valid = is_ready && succeeds(folder.path(), &["validate", "-no-color"]);
        if is_valid != case.theirs {
            wrong.push(case.name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn succeeds(folder: &Path, arguments: &[&str]) -> bool {
    let mut command = Command::new("terraform");
    command.args(arguments).current_dir(folder);
    command.output().unwrap().status.success()
}
