//! `baton check --watch`: checks again whenever a file that counts is saved.
//!
//! Only folders that git does not ignore are watched, one by one, so that `node_modules` costs
//! nothing. After a save only what was saved is read again, and judged with what it is read for.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use baton_repo::{FileSource as _, Worktree};
use baton_source::RepoPath;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::print;
use super::resume::{self, Kept};
use crate::cli::CheckArgs;
use crate::exit::{Verdict, explain, say};
use crate::project;
use crate::terminal::Terminal;

/// After the first event, quiet for this long means that the save is over.
const QUIET: Duration = Duration::from_millis(5);

/// Files that say which others count.
const IGNORING: &[&str] = &[".gitignore", ".ignore"];

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

/// What an event is to the files of the last run.
enum Concern {
    /// Nothing.
    Nobody,
    /// These were written; none came or went.
    Saved(BTreeSet<RepoPath>),
    /// Files came or went.
    Anything,
}

/// What is watched.
struct Watch {
    watcher: RecommendedWatcher,
    worktree: Worktree,
    folders: BTreeSet<PathBuf>,
    /// Every file of the last run.
    files: BTreeMap<PathBuf, RepoPath>,
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
        files: BTreeMap::new(),
        folders: BTreeSet::new(),
        output: output.map(|path| absolute(&project.here, path)),
        worktree,
    };
    watch.follow(&[])?;
    watch.files = watch.list()?;
    let mut kept = None;
    let mut verdict = once(args, &mut kept, None)?;
    loop {
        let concern = match next(&receiver) {
            Wake::Stop => return Ok(verdict),
            Wake::Touched(paths) => watch.concern(&paths)?,
            Wake::Lost => {
                watch.follow(&[])?;
                watch.files = watch.list()?;
                Concern::Anything
            }
        };
        match concern {
            Concern::Nobody => {}
            Concern::Saved(saved) => verdict = once(args, &mut kept, Some(&saved))?,
            Concern::Anything => verdict = once(args, &mut kept, None)?,
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
fn once(
    args: &CheckArgs,
    kept: &mut Option<Kept>,
    saved: Option<&BTreeSet<RepoPath>>,
) -> Result<Verdict> {
    if std::io::stdout().is_terminal() {
        print(|out| out.write_all(b"\x1b[2J\x1b[3J\x1b[H"))?;
    }
    let started = Instant::now();
    let verdict = resume::run(args, kept, saved).unwrap_or_else(|error| {
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

    /// What becomes of some paths: whether any is, or was, a file that git does not ignore.
    fn concern(&mut self, paths: &[PathBuf]) -> Result<Concern> {
        let touched = paths
            .iter()
            .filter(|path| self.output.as_ref() != Some(*path));
        let touched: Vec<&PathBuf> = touched.collect();
        let known = touched.iter().filter_map(|path| self.files.get(*path));
        let known: BTreeSet<RepoPath> = known.cloned().collect();
        let saved = || {
            if known.is_empty() {
                Concern::Nobody
            } else {
                Concern::Saved(known.clone())
            }
        };
        if touched.iter().all(|path| self.is_quiet(path)) {
            return Ok(saved());
        }
        self.follow(&touched)?;
        let now = self.list()?;
        let before = std::mem::replace(&mut self.files, now);
        let output = self.output.as_ref();
        let came_or_went = |path: &&PathBuf| {
            before.contains_key(*path) != self.files.contains_key(*path) && output != Some(*path)
        };
        let mut all = before.keys().chain(self.files.keys());
        if all.any(|path| came_or_went(&path)) {
            return Ok(Concern::Anything);
        }
        Ok(saved())
    }

    /// Whether what happened to a path leaves the list of files as it is: a known file that is
    /// there and says nothing of others, or one between two lists that is gone already.
    fn is_quiet(&self, path: &PathBuf) -> bool {
        let name = path.file_name().and_then(|name| name.to_str());
        if name.is_none_or(|name| IGNORING.contains(&name)) {
            return false;
        }
        match path.symlink_metadata() {
            Ok(data) => self.files.contains_key(path) && !data.is_dir(),
            Err(_) => !self.files.contains_key(path) && !self.folders.contains(path),
        }
    }

    fn list(&self) -> Result<BTreeMap<PathBuf, RepoPath>> {
        let listed = self.worktree.list()?.into_iter();
        let root = self.worktree.root();
        Ok(listed
            .map(|file| (root.join(file.path.as_str()), file.path))
            .collect())
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
