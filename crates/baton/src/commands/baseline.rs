//! `baton baseline`: recording what is found now, and forgetting what is gone.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use baton_check::baseline::{Entry, prune as pruned, record};
use baton_check::{Report, Scope};
use baton_repo::Repo;

use super::check::{self, Run};
use super::{print, say_failures};
use crate::baseline::{FILE_NAME, render};
use crate::cli::{BaselineArgs, BaselineCommand, RunArgs};
use crate::exit::{Verdict, say};
use crate::output::plural;
use crate::project::{self, Project};
use crate::terminal::{Terminal, harmless};

/// Runs a command on the baseline.
pub(super) fn baseline(command: BaselineCommand) -> Result<Verdict> {
    match command {
        BaselineCommand::Create { force, at } => create(at, force),
        BaselineCommand::Prune(at) => prune(at),
    }
}

fn create(args: BaselineArgs, force: bool) -> Result<Verdict> {
    let mut project = project::find(args.config.as_deref())?;
    let configured = project.config.baseline.take();
    let path = file(&project, args.baseline.as_deref(), configured.as_deref());
    if path.exists() && !force {
        bail!(
            "`{}` exists; `baton baseline prune` takes out what is mended, `--force` records \
             everything anew",
            path.display()
        );
    }
    let run = prepare(project, args, None)?;
    let (repo, report) = judge(&run)?;
    if !report.failures.is_empty() {
        return Ok(refuse(&report, &path));
    }
    let entries = record(&repo, &report.findings);
    write(&path, &entries)?;
    let rules: BTreeSet<&str> = entries.iter().map(|entry| entry.rule.as_str()).collect();
    let files: BTreeSet<&str> = entries.iter().map(|entry| entry.path.as_str()).collect();
    let shown = path.display().to_string();
    print(|out| {
        writeln!(
            out,
            "Recorded {} of {} in {}: `{}`.",
            plural(report.findings.len(), "finding"),
            plural(rules.len(), "rule"),
            plural(files.len(), "file"),
            harmless(&shown),
        )
    })?;
    if configured.is_none() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        say(&format!(
            "{} write `baseline = \"{name}\"` into baton.toml, or give `--baseline` to every check",
            Terminal::stderr().bold("next:")
        ));
    }
    Ok(Verdict::Clean)
}

fn prune(args: BaselineArgs) -> Result<Verdict> {
    let mut project = project::find(args.config.as_deref())?;
    let configured = project.config.baseline.take();
    let path = file(&project, args.baseline.as_deref(), configured.as_deref());
    let run = prepare(project, args, Some(path.clone()))?;
    let (_, report) = judge(&run)?;
    let Some(baseline) = &run.config.baseline else {
        return Ok(Verdict::Incomplete);
    };
    if !report.failures.is_empty() {
        return Ok(refuse(&report, &path));
    }
    let entries = pruned(baseline, &report.stale);
    let total = |entries: &[Entry]| entries.iter().map(|entry| entry.count).sum::<usize>();
    let gone = total(&baseline.entries) - total(&entries);
    if gone > 0 {
        write(&path, &entries)?;
    }
    let shown = path.display().to_string();
    print(|out| {
        writeln!(
            out,
            "Took {} out of `{}`; {} left.",
            plural(gone, "finding"),
            harmless(&shown),
            total(&entries)
        )
    })?;
    Ok(Verdict::Clean)
}

/// The file: what was asked for, what is configured, or the usual one beside `baton.toml`.
fn file(project: &Project, asked: Option<&Path>, configured: Option<&Path>) -> PathBuf {
    let usual = || {
        let path = project.root.join(FILE_NAME);
        let short = path.strip_prefix(&project.here).map(Path::to_owned);
        short.unwrap_or(path)
    };
    asked.or(configured).map_or_else(usual, Path::to_owned)
}

fn prepare(project: Project, args: BaselineArgs, baseline: Option<PathBuf>) -> Result<Run> {
    let run_args = RunArgs {
        select: args.select,
        ignore: args.ignore,
        baseline,
        ..RunArgs::unasked()?
    };
    check::prepare(project, run_args, Vec::new(), None)
}

fn judge(run: &Run) -> Result<(Repo, Report)> {
    let repo = Repo::open(Arc::clone(&run.source), &run.project.config.repository)?;
    let report = baton_check::check(&repo, &run.config, &Scope::All)?;
    Ok((repo, report))
}

/// Says what could not be judged; a baseline made without it would be wrong.
fn refuse(report: &Report, path: &Path) -> Verdict {
    say_failures(report);
    say(&format!(
        "{} some of it could not be judged, so `{}` was not written",
        Terminal::stderr().strong_error("error:"),
        path.display()
    ));
    Verdict::Incomplete
}

fn write(path: &Path, entries: &[Entry]) -> Result<()> {
    let written = fs::write(path, render(entries));
    written.with_context(|| format!("cannot write `{}`", path.display()))
}
