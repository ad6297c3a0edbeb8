//! What the benches share: whole processes timed in turn, and what came of it.

use std::error::Error;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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
