//! Fixing: on disk, on standard output, or only shown.

use std::io::{self, Write};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use baton_check::{Fixed, Mending, Scope};
use baton_source::{Applicability, RepoPath};
use similar::TextDiff;

use super::check::{Run, report_to_user, say_notices, verdict};
use super::print;
use crate::exit::{Verdict, say};
use crate::output::{Shown, plural};
use crate::terminal::{Terminal, harmless};

/// Applies fixes and reports what is left.
pub(super) fn fix(run: &Run, scope: &Scope) -> Result<Verdict> {
    let fixed = fixed(run, scope, &|_| true)?;
    let shown = shown(run, &fixed);
    if let Some(path) = &run.stdin {
        let text = match fixed.changed.get(path) {
            Some(text) => text.clone(),
            None => run.source.read(path, run.limit())?,
        };
        print(|out| out.write_all(&text))?;
        for other in fixed.changed.keys().filter(|other| *other != path) {
            say(&format!(
                "notice: `{other}` would change too and was left alone"
            ));
        }
        say_notices(run, scope, &shown);
        return Ok(verdict(run, &shown));
    }
    for (path, text) in &fixed.changed {
        run.worktree
            .write(path, text)
            .context("some fixes were not written")?;
    }
    report_to_user(run, scope, &shown)
}

/// Shows what fixing would change.
pub(super) fn diff(run: &Run, scope: &Scope) -> Result<Verdict> {
    let fixed = fixed(run, scope, &|_| true)?;
    let mut changes = Vec::new();
    for (path, after) in &fixed.changed {
        let before = run.source.read(path, run.limit())?;
        if before != *after {
            changes.push((path, before, after));
        }
    }
    let terminal = Terminal::stdout();
    print(|out| {
        changes.iter().try_for_each(|(path, before, after)| {
            let before = String::from_utf8_lossy(before);
            write_diff(
                out,
                path.as_str(),
                (&before, &String::from_utf8_lossy(after)),
                terminal,
            )
        })
    })?;
    let shown = Shown {
        fixed: &[],
        ..shown(run, &fixed)
    };
    if !changes.is_empty() {
        let findings = plural(fixed.applied.len(), "finding");
        let files = plural(changes.len(), "file");
        say(&format!(
            "{findings} in {files} would be mended; what would be left:"
        ));
    }
    say_notices(run, scope, &shown);
    match verdict(run, &shown) {
        Verdict::Clean if !changes.is_empty() && !run.args.exit_zero => Ok(Verdict::Findings),
        other => Ok(other),
    }
}

/// The least certain kind of fix that was asked for.
pub(super) fn most(run: &Run) -> Applicability {
    if run.args.unsafe_fixes {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    }
}

/// The repository with the fixes that were asked for, in files that may change.
pub(super) fn fixed(
    run: &Run,
    scope: &Scope,
    may_change: &dyn Fn(&RepoPath) -> bool,
) -> Result<Fixed> {
    let mending = Mending {
        most: most(run),
        may_change,
    };
    let options = &run.project.config.repository;
    let source = Arc::clone(&run.source);
    Ok(baton_check::fix(
        source,
        options,
        (&run.config, scope),
        mending,
    )?)
}

pub(super) fn shown<'a>(run: &'a Run, fixed: &'a Fixed) -> Shown<'a> {
    Shown {
        repo: &fixed.repo,
        report: &fixed.report,
        config: &run.config,
        fail_on: run.fail_on,
        fixed: &fixed.applied,
    }
}

/// Shows how a file changes.
pub(super) fn write_diff(
    out: &mut dyn Write,
    path: &str,
    (before, after): (&str, &str),
    terminal: Terminal,
) -> io::Result<()> {
    let path = harmless(path);
    let diff = TextDiff::from_lines(before, after);
    let mut unified = diff.unified_diff();
    unified.header(&format!("a/{path}"), &format!("b/{path}"));
    let text = unified.to_string();
    if !terminal.color {
        return out.write_all(text.as_bytes());
    }
    for line in text.lines() {
        let line = match line.bytes().next() {
            _ if line.starts_with("--- ") || line.starts_with("+++ ") => terminal.bold(line),
            Some(b'+') => terminal.added(line),
            Some(b'-') => terminal.removed(line),
            Some(b'@') => terminal.name(line),
            _ => line.to_owned(),
        };
        writeln!(out, "{line}")?;
    }
    Ok(())
}

impl Run {
    pub(super) fn limit(&self) -> usize {
        self.project.config.repository.max_file_size
    }
}
