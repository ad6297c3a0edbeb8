//! A run in which tools of others take part: where they find the files, and what is told of them
//! while they run.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use baton_check::external::{External, Place, Running};
use baton_check::{Report, Scope, check_with};
use baton_repo::Repo;

use super::check::Run;
use crate::cli::ProfileName;

/// A run that is over by then says nothing of its progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often a line of progress is renewed.
const PACE: Duration = Duration::from_millis(200);

/// Judges; tools of others see the work tree, or a copy where something else is judged.
pub(super) fn judge(run: &Run, repo: &Repo, scope: &Scope) -> Result<Report> {
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
    let judge = || check_with(repo, &run.config, scope, Some(&how));
    if !io::stderr().is_terminal() {
        return Ok(judge()?);
    }
    let (finished, waiting) = mpsc::channel::<()>();
    let report = thread::scope(|threads| {
        let running = &running;
        threads.spawn(move || tell(running, &waiting));
        let report = judge();
        drop(finished);
        report
    });
    Ok(report?)
}

/// Renews a line on the terminal until the run is over, and removes it then.
fn tell(running: &Running, over: &mpsc::Receiver<()>) {
    let begun = Instant::now();
    let mut wait = PATIENCE;
    let mut width = 0;
    while over.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        wait = PACE;
        let names = running.names();
        let seconds = begun.elapsed().as_secs();
        let line = if names.is_empty() {
            format!("checking … {seconds} s")
        } else {
            format!("running {} … {seconds} s", names.join(", "))
        };
        let length = line.chars().count();
        // A terminal that went away is no reason to fail.
        let _ = write!(io::stderr().lock(), "\r{line:<width$}");
        width = length;
    }
    if width > 0 {
        let _ = write!(io::stderr().lock(), "\r{:width$}\r", "");
    }
}
