//! How much longer `baton check` takes than only looking at every byte of the tree.
//!
//! The floor walks the same tree, reads every file, checks UTF-8 and counts lines on the same
//! number of threads. Both run as whole processes, in turn, so that a busy machine slows both.
//!
//! `cargo bench -p baton --bench check [-- REPOSITORY]`; without a repository, one of two
//! thousand files is made from the fixtures.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ignore::{WalkBuilder, WalkState};

const ROUNDS: usize = 21;
const FILES: usize = 2_000;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    match arguments.as_slice() {
        [word, root, threads] if word == "--floor" => {
            floor(Path::new(root), threads.parse()?);
            Ok(())
        }
        [root] => compare(Path::new(root)),
        _ => {
            for (name, projects) in [("typical", 3), ("dense", usize::MAX)] {
                let root = tempfile::tempdir()?;
                make_repository(root.path(), projects)?;
                println!("\n{name}");
                compare(root.path())?;
            }
            Ok(())
        }
    }
}

/// What any checker has to do at least, when it looks at everything.
fn floor(root: &Path, threads: usize) {
    let (files, lines, broken) = (
        AtomicUsize::new(0),
        AtomicUsize::new(0),
        AtomicUsize::new(0),
    );
    let walker = WalkBuilder::new(root)
        .hidden(false)
        .threads(threads)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build_parallel();
    walker.run(|| {
        Box::new(|entry| {
            let Ok(entry) = entry else {
                return WalkState::Continue;
            };
            if entry.file_type().is_some_and(|kind| kind.is_file())
                && let Ok(bytes) = fs::read(entry.path())
            {
                files.fetch_add(1, Ordering::Relaxed);
                match str::from_utf8(&bytes) {
                    Ok(text) => lines.fetch_add(text.lines().count(), Ordering::Relaxed),
                    Err(_) => broken.fetch_add(1, Ordering::Relaxed),
                };
            }
            WalkState::Continue
        })
    });
    println!(
        "{} files, {} lines, {} not UTF-8",
        files.into_inner(),
        lines.into_inner(),
        broken.into_inner()
    );
}

fn compare(root: &Path) -> Outcome<()> {
    let threads = std::thread::available_parallelism()?.get().to_string();
    let baton = env!("CARGO_BIN_EXE_baton");
    let root = root.to_str().ok_or("the path is not UTF-8")?;
    let this = std::env::current_exe()?;
    let look = Command::new(&this)
        .args(["--floor", root, &threads])
        .output()?;
    println!("tree: {}", String::from_utf8_lossy(&look.stdout).trim());

    let check = ["check", "--jobs", &threads, "--output-format", "concise"];
    let (mut checks, mut floors, mut starts, mut ratios) = (vec![], vec![], vec![], vec![]);
    for round in 0..=ROUNDS {
        let checked = time(Command::new(baton).args(check).current_dir(root))?;
        let walked = time(Command::new(&this).args(["--floor", root, &threads]))?;
        let started = time(Command::new(baton).arg("--version"))?;
        // The first round warms the caches.
        if round > 0 {
            ratios.push(checked.as_secs_f64() / walked.as_secs_f64());
            checks.push(checked);
            floors.push(walked);
            starts.push(started);
        }
    }
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios.get(ROUNDS / 2).copied().unwrap_or(f64::NAN);
    println!("check    {}", spread(checks));
    println!("floor    {}", spread(floors));
    println!("start-up {}", spread(starts));
    println!("ratio    {ratio:.2} (median of {ROUNDS} pairs; the budget is 3)");
    if let Some(peak) = peak_memory(baton, &check, root) {
        println!(
            "memory   {} MiB at its peak (the budget is 64)",
            peak / 1024
        );
    }
    Ok(())
}

fn time(command: &mut Command) -> Outcome<Duration> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status()?;
    let took = start.elapsed();
    match status.code() {
        Some(0 | 1) => Ok(took),
        _ => Err(format!("{command:?} ended with {status}").into()),
    }
}

fn spread(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |index: usize| {
        times
            .get(index)
            .map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    };
    let last = times.len().saturating_sub(1);
    format!(
        "{:7.2} ms median, {:.2} to {:.2}",
        at(last / 2),
        at(0),
        at(last)
    )
}

/// Peak resident memory in KiB as GNU time tells it; `None` where it is not installed.
fn peak_memory(baton: &str, arguments: &[&str], root: &str) -> Option<u64> {
    let mut command = Command::new("/usr/bin/time");
    let output = command
        .args(["-f", "%M", baton])
        .args(arguments)
        .current_dir(root)
        .output()
        .ok()?;
    String::from_utf8_lossy(&output.stderr)
        .lines()
        .last()?
        .trim()
        .parse()
        .ok()
}

/// Copies the clean fixture until there are enough files; the first copies are projects, which
/// rules judge, the others are documents beside them.
fn make_repository(root: &Path, projects: usize) -> Outcome<()> {
    let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/repos/june-clean");
    let mut files = Vec::new();
    for entry in WalkBuilder::new(&fixture).hidden(false).build() {
        let entry = entry?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            files.push(entry.into_path());
        }
    }
    let mut made = 0;
    for copy in 0.. {
        for file in &files {
            let relative = file.strip_prefix(&fixture)?;
            let relative = relative.to_str().ok_or("a fixture's name is not UTF-8")?;
            let target = root.join(renamed(relative, copy, projects));
            fs::create_dir_all(target.parent().ok_or("no folder")?)?;
            fs::copy(file, target)?;
            made += 1;
        }
        if made >= FILES || files.is_empty() {
            break;
        }
    }
    Ok(())
}

/// Where a file of the fixture goes in one of its copies.
fn renamed(path: &str, copy: usize, projects: usize) -> String {
    if copy == 0 {
        return path.to_owned();
    }
    if copy >= projects {
        return format!("docs/copies/{copy}/{path}");
    }
    for folder in ["agent-output/", "infra/bicep/", "infra/terraform/"] {
        if let Some((project, rest)) = path
            .strip_prefix(folder)
            .and_then(|rest| rest.split_once('/'))
        {
            return format!("{folder}{project}-{copy}/{rest}");
        }
    }
    format!("docs/copies/{copy}/{path}")
}
