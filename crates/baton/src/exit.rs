//! How the program ends: exit codes, what is said about a failure, panics.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::panic::{self, PanicHookInfo};
use std::process::ExitCode;
use std::sync::Mutex;

use crate::config::ConfigError;
use crate::terminal::Terminal;

/// How a command ended that did its job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Exit code 0.
    Clean,
    /// Exit code 1: findings at or above the threshold.
    Findings,
    /// Exit code 2: some of the job could not be done, and that was said.
    Incomplete,
    /// Exit code 3: a gate waits for approval.
    Waiting,
    /// Exit code 4: something could not be looked at.
    Inconclusive,
    /// Exit code 5: a circuit breaker halted the work.
    Halted,
    /// Another exit code, for a reason that was said.
    Code(u8),
}

/// The last panic, for the report about it.
static LAST_PANIC: Mutex<Option<String>> = Mutex::new(None);

impl Verdict {
    /// The exit code.
    pub(crate) fn code(self) -> u8 {
        match self {
            Verdict::Clean => 0,
            Verdict::Findings => 1,
            Verdict::Incomplete => 2,
            Verdict::Waiting => 3,
            Verdict::Inconclusive => 4,
            Verdict::Halted => 5,
            Verdict::Code(code) => code,
        }
    }
}

/// Runs a command and turns whatever happens into an exit code.
///
/// Panics of rules are caught by the checker and reported there, so the hook is silent; a panic
/// that arrives here is our own fault and is told in one line.
pub(crate) fn guard(command: impl FnOnce() -> anyhow::Result<Verdict>) -> ExitCode {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        remember(info);
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0") {
            usual(info);
        }
    }));
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(command));
    let code = match outcome {
        Ok(Ok(verdict)) => verdict.code(),
        Ok(Err(error)) => {
            say(&explain(&error));
            2
        }
        Err(_) => {
            let panic = LAST_PANIC.lock().ok().and_then(|mut last| last.take());
            let panic = panic.unwrap_or_else(|| "no message".to_owned());
            say(&format!(
                "error: baton has a defect: {panic}\nPlease report it together with the command you ran."
            ));
            2
        }
    };
    ExitCode::from(code)
}

/// Writes a line to standard error; a closed one is no reason to fail.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Takes a closed pipe for the end of the output, not for a failure.
pub(crate) fn written(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// What is said about a failure on standard error.
pub(crate) fn explain(error: &anyhow::Error) -> String {
    failure(error, Terminal::stderr())
}

fn failure(error: &anyhow::Error, terminal: Terminal) -> String {
    if let Some(error) = error.downcast_ref::<ConfigError>() {
        return error.render(terminal).trim_end().to_owned();
    }
    let mut text = format!("{} {error}", terminal.strong_error("error:"));
    for cause in error.chain().skip(1) {
        let _ = write!(text, ": {cause}");
    }
    text
}

fn remember(info: &PanicHookInfo<'_>) {
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    if let Ok(mut last) = LAST_PANIC.lock() {
        *last = Some(format!("{} ({place})", text.unwrap_or("no message")));
    }
}
