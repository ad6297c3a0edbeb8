//! `baton check --watch`: checks again whenever a file that counts is saved.
//!
//! Only folders that git does not ignore are watched, one by one, so that `node_modules` costs
//! nothing. Everything is read anew for each run: a run takes milliseconds.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use baton_repo::{FileSource as _, Worktree};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::check::Run;
use super::{check, print};
use crate::cli::CheckArgs;
use crate::exit::{Verdict, explain, say};
use crate::project;
use crate::terminal::Terminal;

/// After the first event, quiet for this long means that the save is over.
const QUIET: Duration = Duration::from_millis(5);

/// A save that takes longer than this is checked meanwhile.
const PATIENCE: Duration = Duration::from_millis(40);

/// What wakes the watch.
enum Wake {
    /// Something happened to these paths.
    Touched(Vec<PathBuf>),
    /// Events were lost: anything may have changed.
    Lost,
    /// Ctrl-C.
    Stop,
}

/// What is watched.
struct Watch {
    watcher: RecommendedWatcher,
    worktree: Worktree,
    folders: BTreeSet<PathBuf>,
    /// Every file of the last run.
    files: BTreeSet<PathBuf>,
    /// Written by each run, so no reason for another.
    output: Option<PathBuf>,
}

/// Checks, and checks again after every save, until Ctrl-C; the last run decides on the exit code.
pub(super) fn watch(args: &CheckArgs) -> Result<Verdict> {
    let (sender, receiver) = channel();
    let stop = sender.clone();
    ctrlc::set_handler(move || {
        baton_check::external::interrupt();
        // Nobody listens any more when the watch has ended by itself.
        let _ = stop.send(Wake::Stop);
    })
    .context("cannot listen for Ctrl-C")?;
    let project = project::find(args.run.config.as_deref())?;
    let worktree = Worktree::new(&project.root, baton_check::use_threads(None));
    let output = args.run.output_file.as_ref();
    let mut watch = Watch {
        watcher: watcher(sender)?,
        files: BTreeSet::new(),
        folders: BTreeSet::new(),
        output: output.map(|path| absolute(&project.here, path)),
        worktree,
    };
    watch.follow(&[])?;
    watch.files = watch.list()?;
    let mut verdict = once(args)?;
    loop {
        match next(&receiver) {
            Wake::Stop => return Ok(verdict),
            Wake::Touched(paths) if !watch.concerns(&paths)? => {}
            Wake::Touched(_) | Wake::Lost => verdict = once(args)?,
        }
    }
}

fn watcher(sender: Sender<Wake>) -> Result<RecommendedWatcher> {
    let wake = move |event: notify::Result<Event>| {
        let wake = match event {
            Ok(event) if event.need_rescan() => Wake::Lost,
            Ok(event) if changes(event.kind) => Wake::Touched(event.paths),
            Ok(_) => return,
            Err(_) => Wake::Lost,
        };
        let _ = sender.send(wake);
    };
    notify::recommended_watcher(wake).context("cannot watch files on this system")
}

/// Whether an event can change a file; being read, as by the last run, does not.
fn changes(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// Waits for something to happen, and until it is over.
fn next(receiver: &Receiver<Wake>) -> Wake {
    let Ok(first) = receiver.recv() else {
        return Wake::Stop;
    };
    let Wake::Touched(mut paths) = first else {
        return first;
    };
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        match receiver.recv_timeout(QUIET) {
            Ok(Wake::Touched(more)) => paths.extend(more),
            Ok(other) => return other,
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return Wake::Stop,
        }
    }
    paths.sort_unstable();
    paths.dedup();
    Wake::Touched(paths)
}

/// One run; what stops a run, such as a broken configuration, does not stop the watch.
fn once(args: &CheckArgs) -> Result<Verdict> {
    if std::io::stdout().is_terminal() {
        print(|out| out.write_all(b"\x1b[2J\x1b[3J\x1b[H"))?;
    }
    let started = Instant::now();
    let verdict = check::prepared(args.clone())
        .and_then(|run| check::run(&Run { again: true, ..run }))
        .unwrap_or_else(|error| {
            say(&explain(&error));
            Verdict::Incomplete
        });
    let word = Terminal::stderr().bold("watching:");
    let took = started.elapsed().as_millis();
    say(&format!("{word} checked in {took} ms; Ctrl-C ends"));
    Ok(verdict)
}

impl Watch {
    /// Watches every folder that is not watched yet, and those that appear meanwhile.
    fn follow(&mut self, touched: &[&PathBuf]) -> Result<()> {
        // One that was removed and made again has lost its watch, and so has what is in it.
        let gone: Vec<&&PathBuf> = touched
            .iter()
            .filter(|path| self.folders.contains(**path))
            .collect();
        self.folders
            .retain(|folder| !gone.iter().any(|path| folder.starts_with(path)));
        loop {
            let now: BTreeSet<PathBuf> = self.worktree.folders().into_iter().collect();
            let new: Vec<PathBuf> = now.difference(&self.folders).cloned().collect();
            for folder in &new {
                self.watch(folder)?;
            }
            self.folders = now;
            if new.is_empty() {
                return Ok(());
            }
        }
    }

    fn watch(&mut self, folder: &Path) -> Result<()> {
        let watched = self.watcher.watch(folder, RecursiveMode::NonRecursive);
        // One that is gone already needs no watch.
        if watched.is_ok() || !folder.exists() {
            return Ok(());
        }
        watched.with_context(|| format!("cannot watch `{}`", folder.display()))
    }

    /// Whether any path is, or was, a file that git does not ignore.
    fn concerns(&mut self, paths: &[PathBuf]) -> Result<bool> {
        let touched = paths
            .iter()
            .filter(|path| self.output.as_ref() != Some(*path));
        let touched: Vec<&PathBuf> = touched.collect();
        if touched.is_empty() {
            return Ok(false);
        }
        self.follow(&touched)?;
        let now = self.list()?;
        let before = std::mem::replace(&mut self.files, now);
        let counts = |path: &&PathBuf| before.contains(*path) || self.files.contains(*path);
        let is_known = touched.iter().any(counts);
        let differs = before
            .symmetric_difference(&self.files)
            .any(|path| self.output.as_ref() != Some(path));
        Ok(is_known || differs)
    }

    fn list(&self) -> Result<BTreeSet<PathBuf>> {
        let listed = self.worktree.list()?.into_iter();
        let root = self.worktree.root();
        Ok(listed.map(|file| root.join(file.path.as_str())).collect())
    }
}

fn absolute(here: &Path, path: &Path) -> PathBuf {
    let joined = here.join(path);
    let folder = joined
        .parent()
        .and_then(|folder| folder.canonicalize().ok());
    let name = joined.file_name().map(PathBuf::from);
    folder
        .zip(name)
        .map_or(joined, |(folder, name)| folder.join(name))
}
