//! What the benches share: whole processes timed in turn, and a repository made from the fixtures.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use ignore::WalkBuilder;

pub(crate) const ROUNDS: usize = 21;
pub(crate) const FILES: usize = 2_000;

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// The program that is measured.
pub(crate) fn baton() -> Command {
    Command::new(env!("CARGO_BIN_EXE_baton"))
}

/// Times commands in turn, so that a busy machine slows all of them: one list of times for each.
pub(crate) fn in_turn<const N: usize>(
    rounds: usize,
    mut run: impl FnMut(usize) -> Outcome<Duration>,
) -> Outcome<[Vec<Duration>; N]> {
    let mut times = [const { Vec::new() }; N];
    for round in 0..=rounds {
        for (number, times) in times.iter_mut().enumerate() {
            let took = run(number)?;
            // The first round warms the caches.
            if round > 0 {
                times.push(took);
            }
        }
    }
    Ok(times)
}

/// How long a process takes that finds something or nothing.
pub(crate) fn time(command: &mut Command) -> Outcome<Duration> {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status()?;
    let took = start.elapsed();
    match status.code() {
        Some(0 | 1) => Ok(took),
        _ => Err(format!("{command:?} ended with {status}").into()),
    }
}

/// The middle one of some figures.
pub(crate) fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Milliseconds.
pub(crate) fn ms(time: &Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Median, least and most.
pub(crate) fn spread(times: &[Duration]) -> String {
    let least = times.iter().min().map_or(f64::NAN, ms);
    let most = times.iter().max().map_or(f64::NAN, ms);
    let middle = median(times.iter().map(ms));
    format!("{middle:7.2} ms median, {least:.2} to {most:.2}")
}

/// Copies the clean fixture until there are enough files; the first copies are projects, which
/// rules judge, the others are documents beside them.
pub(crate) fn make_repository(root: &Path, files: usize, projects: usize) -> Outcome<()> {
    let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/repos/june-clean");
    let mut originals = Vec::new();
    for entry in WalkBuilder::new(&fixture).hidden(false).build() {
        let entry = entry?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            originals.push(entry.into_path());
        }
    }
    let mut made = 0;
    for copy in 0.. {
        for file in &originals {
            let relative = file.strip_prefix(&fixture)?;
            let relative = relative.to_str().ok_or("a fixture's name is not UTF-8")?;
            let target = root.join(renamed(relative, copy, projects));
            fs::create_dir_all(target.parent().ok_or("no folder")?)?;
            fs::copy(file, target)?;
            made += 1;
        }
        if made >= files || originals.is_empty() {
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
