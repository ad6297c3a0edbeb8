//! How much longer `baton check` takes than only looking at every byte of the tree.
//!
//! The floor walks the same tree, reads every file, checks UTF-8 and counts lines on the same
//! number of threads. Both run as whole processes, in turn, so that a busy machine slows both.
//!
//! `cargo bench -p baton --bench check [-- REPOSITORY]`; without a repository, one of two
//! thousand files is made from the fixtures, and with `--large` one of up to a hundred thousand.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod made;
mod measure;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::{WalkBuilder, WalkState};
use made::{FILES, ROUNDS, make_repository};
use measure::{Outcome, baton, in_turn, median, ms, spread, time};

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
        [word] if word == "--large" => grow(),
        [root] => compare(Path::new(root), ROUNDS),
        _ => {
            for (name, projects) in [("typical", 3), ("dense", usize::MAX)] {
                let root = tempfile::tempdir()?;
                make_repository(root.path(), FILES, projects)?;
                println!("\n{name}");
                compare(root.path(), ROUNDS)?;
            }
            Ok(())
        }
    }
}

/// Shows how time and memory grow with the number of files.
fn grow() -> Outcome<()> {
    for files in [1_000, 10_000, 100_000] {
        for (name, projects) in [("typical", 3), ("dense", usize::MAX)] {
            let root = tempfile::tempdir()?;
            make_repository(root.path(), files, projects)?;
            println!("\n{name}, {files} files");
            compare(root.path(), 3)?;
        }
    }
    Ok(())
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

fn compare(root: &Path, rounds: usize) -> Outcome<()> {
    let threads = std::thread::available_parallelism()?.get().to_string();
    let root = root.to_str().ok_or("the path is not UTF-8")?;
    let this = std::env::current_exe()?;
    let walk = ["--floor", root, &threads];
    let look = Command::new(&this).args(walk).output()?;
    println!("tree: {}", String::from_utf8_lossy(&look.stdout).trim());

    let arguments = ["check", "--jobs", &threads, "--output-format", "concise"];
    let [checks, floors, starts] = in_turn(rounds, |number| match number {
        0 => time(baton().args(arguments).current_dir(root)),
        1 => time(Command::new(&this).args(walk)),
        _ => time(baton().arg("--version")),
    })?;
    let pairs = checks.iter().zip(&floors);
    let ratio = median(pairs.map(|(check, floor)| ms(check) / ms(floor)));
    println!("check    {}", spread(&checks));
    println!("floor    {}", spread(&floors));
    println!("start-up {}", spread(&starts));
    println!("ratio    {ratio:.2} (median of {rounds} pairs; the budget is 10)");
    if let Some(peak) = peak_memory(&arguments, root) {
        println!(
            "memory   {} MiB at its peak (the budget is 64 for 2,000 files)",
            peak / 1024
        );
    }
    Ok(())
}

/// Peak resident memory in KiB as GNU time tells it; `None` where it is not installed.
fn peak_memory(arguments: &[&str], root: &str) -> Option<u64> {
    let mut command = Command::new("/usr/bin/time");
    let output = command
        .args(["-f", "%M", env!("CARGO_BIN_EXE_baton")])
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
