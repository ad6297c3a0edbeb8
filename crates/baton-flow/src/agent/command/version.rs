//! Asking a program for its version.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use crate::agent::process::{self, Ended, Line, Listener, Start};
use crate::agent::{Limits, StopToken};

/// A program that does not tell its version by then does not get to.
const LIMIT: Duration = Duration::from_secs(20);

/// The first line with a digit that a program prints when asked for its version.
pub(super) fn version(
    program: &Path,
    arguments: &[String],
    environment: &[(std::ffi::OsString, std::ffi::OsString)],
) -> Option<String> {
    let start = Start {
        program,
        arguments,
        folder: &std::env::temp_dir(),
        environment,
        stdin: None,
        mark: &super::mark(program),
    };
    let limits = Limits {
        silence: LIMIT,
        whole: LIMIT,
        grace: Duration::ZERO,
        ..Limits::default()
    };
    let mut first = First(None);
    let finished = process::run(&start, &limits, &StopToken::default(), &mut first).ok()?;
    first.0.filter(|_| finished.how == Ended::Exit(0))
}

struct First(Option<String>);

impl Listener for First {
    fn started(&mut self, _id: u32) {}

    fn line(&mut self, line: Line) -> ControlFlow<String> {
        if self.0.is_none() && line.bytes.iter().any(u8::is_ascii_digit) {
            let text = String::from_utf8_lossy(&line.bytes);
            self.0 = Some(text.trim().chars().take(100).collect());
        }
        ControlFlow::Continue(())
    }

    fn ending(&mut self, _why: &Ended) {}
}
