//! A run in which tools of others take part: where they find the files, and what is told of them
//! while they run.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use baton_check::external::{ADAPTERS, External, Place, Running, interrupt, interrupted};
use baton_check::{Recall, Report, Scope, check_again, check_with};
use baton_repo::Repo;

use super::check::Run;
use crate::cli::ProfileName;
use crate::terminal::Terminal;

/// A run that is over by then says nothing of its progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often a line of progress is renewed.
const PACE: Duration = Duration::from_millis(200);

/// Judges; tools of others see the work tree, or a copy where something else is judged.
pub(super) fn judge(run: &Run, repo: &Repo, scope: &Scope) -> Result<Report> {
    with_tools(run, |how| check_with(repo, &run.config, scope, Some(how)))
}

/// Judges everything, as far as a former run does not say what comes out.
pub(super) fn judge_again(run: &Run, repo: &Repo, recall: &mut Recall) -> Result<Report> {
    with_tools(run, |how| check_again(repo, &run.config, Some(how), recall))
}

/// Does something for which tools of others may be started, and tells what is running.
pub(super) fn with_tools<T, E>(
    run: &Run,
    judge: impl FnOnce(&External<'_>) -> Result<T, E>,
) -> Result<T>
where
    anyhow::Error: From<E>,
{
    let running = Running::default();
    let place = if run.stdin.is_some() || run.project.source.is_some() {
        Place::Copy
    } else {
        Place::Folder(run.project.root.clone())
    };
    let how = External {
        place,
        path: std::env::var_os("PATH").unwrap_or_default(),
        require_tools: run.args.require_tools || run.args.profile == Some(ProfileName::Ci),
        left_out: &run.args.left_out,
        running: &running,
    };
    let judge = || judge(&how);
    if starts_tools(run) && !run.again {
        // Without it, tools would outlive us; nothing else depends on it.
        let _ = ctrlc::set_handler(interrupt);
    }
    let report = if io::stderr().is_terminal() {
        observed(&running, judge)
    } else {
        judge()
    };
    if interrupted() {
        bail!("interrupted, so nothing is reported");
    }
    Ok(report?)
}

/// Whether a tool of others may be started.
fn starts_tools(run: &Run) -> bool {
    let mut adapters = ADAPTERS.iter();
    let selection = &run.config.selection;
    adapters.any(|adapter| {
        adapter
            .rules()
            .any(|rule| selection.contains(rule.meta.slug))
    })
}

/// Judges while a line on the terminal says what is running.
fn observed<T>(running: &Running, judge: impl FnOnce() -> T) -> T {
    let (finished, waiting) = mpsc::channel::<()>();
    thread::scope(|threads| {
        threads.spawn(move || tell(running, &waiting));
        let report = judge();
        drop(finished);
        report
    })
}

/// Renews a line on the terminal until the run is over, and removes it then.
fn tell(running: &Running, over: &mpsc::Receiver<()>) {
    let begun = Instant::now();
    let dots = if Terminal::stderr().unicode {
        "…"
    } else {
        "..."
    };
    let mut wait = PATIENCE;
    let mut shown = String::new();
    while over.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        wait = PACE;
        let names = running.names();
        let what = match names.as_slice() {
            [] => "checking".to_owned(),
            names => format!("running {}", names.join(", ")),
        };
        let line = format!("{what} {dots} {} s", begun.elapsed().as_secs());
        // A line that breaks could not be taken back.
        let room = Terminal::stderr_columns() - 1;
        let line: String = line.chars().take(room).collect();
        if line != shown {
            let width = shown.chars().count();
            // A terminal that went away is no reason to fail.
            let _ = write!(io::stderr().lock(), "\r{line:<width$}");
            shown = line;
        }
    }
    let width = shown.chars().count();
    if width > 0 {
        let _ = write!(io::stderr().lock(), "\r{:width$}\r", "");
    }
}
