//! `baton precheck`: whether what a step has to leave behind is there.

use std::io::{self, Write};
use std::time::Instant;

use anyhow::{Result, bail};
use baton_flow::precheck::{self, Precheck};
use serde::Serialize;

use super::super::print;
use super::case::Case;
use crate::cli::PrecheckArgs;
use crate::exit::Verdict;
use crate::terminal::harmless;

/// The result for one step, in the words of the reference.
#[derive(Serialize)]
struct Told {
    step: String,
    pass: bool,
    pre_validation_failed: bool,
    findings: Vec<ToldFinding>,
    artifact_count: usize,
    validation_time_ms: u64,
}

#[derive(Serialize)]
struct ToldFinding {
    path: Option<String>,
    message: String,
}

/// The result for all steps.
#[derive(Serialize)]
struct ToldAll<'t> {
    all_pass: bool,
    steps: &'t [Told],
}

/// Runs the command.
pub(in super::super) fn precheck(args: &PrecheckArgs) -> Result<Verdict> {
    let is_all = args.step == "all";
    let steps = match precheck::key(&args.step) {
        Some(step) => vec![step],
        None if is_all => precheck::steps(),
        None => bail!(
            "there is no step `{}`; there are {} and all",
            args.step,
            precheck::steps().join(", ")
        ),
    };
    let case = Case::open(&args.project, None)?;
    let told: Vec<Told> = steps
        .iter()
        .filter_map(|step| {
            let begun = Instant::now();
            let result = precheck::precheck(&case.subject(), step)?;
            Some(told(result, begun))
        })
        .collect();
    let all_pass = told.iter().all(|one| one.pass);
    print(|out| match (args.json, is_all) {
        (false, _) => told.iter().try_for_each(|one| show(out, one)),
        (true, true) => json(
            out,
            &ToldAll {
                all_pass,
                steps: &told,
            },
        ),
        (true, false) => told.iter().try_for_each(|one| json(out, one)),
    })?;
    Ok(if all_pass {
        Verdict::Clean
    } else {
        Verdict::Findings
    })
}

fn told(result: Precheck, begun: Instant) -> Told {
    let findings = result.findings.into_iter();
    Told {
        step: result.step,
        pass: result.pass,
        pre_validation_failed: !result.pass,
        findings: findings
            .map(|missing| ToldFinding {
                path: missing.path,
                message: missing.message,
            })
            .collect(),
        artifact_count: result.artifact_count,
        validation_time_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
    }
}

fn json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

fn show(out: &mut dyn Write, told: &Told) -> io::Result<()> {
    let word = if told.pass { "pass" } else { "fail" };
    let step = told.step.replace('_', ".");
    let files = match told.artifact_count {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    writeln!(out, "step {step:<4} {word}  {files}")?;
    for finding in &told.findings {
        let path = finding.path.as_deref().map(|path| format!("{path}: "));
        let path = path.unwrap_or_default();
        let message = &finding.message;
        writeln!(out, "  {}", harmless(&format!("{path}{message}")))?;
    }
    Ok(())
}
