//! `baton hook`: what the host of an agent calls at points of a session.
//!
//! The work is done on a thread of its own, so that a panic, a host that never closes its end of
//! the pipe and anything that takes too long all end in an answer: hosts let an agent go on when a
//! hook takes longer than they wait.

mod journal;
mod leaks;
mod surroundings;

use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};
use baton_guard::payload::{self, LIMIT};
use baton_guard::{
    Dialect, Event, Given, Hook, Host, Payload, PayloadError, Rendered, Reply, audit, covered,
    guardian, hook as failing, judge, secrets, subagent, telemetry,
};

use crate::cli::HookArgs;
use crate::exit::{Verdict, say};
use crate::project;

/// Memory for judging deeply nested commands.
const STACK: usize = 16 * 1024 * 1024;

/// What the worker learns on the way, for an answer in case it falls.
#[derive(Default)]
struct Learned {
    input: OnceLock<Vec<u8>>,
    dialect: OnceLock<Dialect>,
    event: OnceLock<Event>,
}

/// What the worker is told.
#[derive(Clone, Copy)]
struct Asked {
    hook: Hook,
    host: Host,
    event: Option<Event>,
}

/// Answers the host of an agent.
pub(super) fn hook(args: &HookArgs) -> Verdict {
    let asked = Asked {
        hook: args.hook.into(),
        host: args.dialect.into(),
        event: args.event,
    };
    let learned = Arc::new(Learned::default());
    let outcome = run(asked, &learned);
    let empty = Vec::new();
    let given = Given {
        host: asked.host,
        dialect: learned.dialect.get().copied(),
        event: learned.event.get().copied().or(asked.event),
        on_error: args.on_error.map(Into::into),
        input: learned.input.get().unwrap_or(&empty),
    };
    let (rendered, records, notes) = match outcome {
        Ok(reply) => {
            let dialect = given.dialect.unwrap_or(Dialect::of_host(asked.host));
            let event = given.event.unwrap_or(asked.hook.event());
            let rendered = reply.answer.render(dialect, event);
            let told = reply.answer.told();
            let notes = told.into_iter().chain(reply.notes).collect();
            (rendered, reply.records, notes)
        }
        Err(why) => {
            let failed = failing::failure(asked.hook, &why, &given);
            let records = failed.record.into_iter().collect();
            (failed.rendered, records, vec![failed.said])
        }
    };
    let code = answer(asked.hook, &rendered);
    for note in notes {
        say(&covered(&note));
    }
    journal::write(&records);
    code
}

/// The one document. Where nobody can read it, the exit code has to stop what it would have.
fn answer(hook: Hook, rendered: &Rendered) -> Verdict {
    let mut out = io::stdout().lock();
    let written = writeln!(out, "{}", rendered.document).and_then(|()| out.flush());
    let fails_closed = hook == Hook::ToolGuardian && written.is_err();
    if rendered.code == 2 || fails_closed {
        Verdict::Incomplete
    } else {
        Verdict::Clean
    }
}

/// Runs the hook and waits for it, as long as its host will.
fn run(asked: Asked, learned: &Arc<Learned>) -> Result<Reply, String> {
    let shared = Arc::clone(learned);
    let patience = patience(asked.hook);
    wait(patience, move || work(asked, &shared)).map_err(|ended| {
        let seconds = patience.as_secs();
        match ended {
            Ended::Told(why) => why,
            Ended::Late if learned.input.get().is_none() => {
                format!("standard input was not closed within {seconds} s")
            }
            Ended::Late => format!("it took longer than {seconds} s"),
            Ended::Fell => "baton has a defect; RUST_BACKTRACE=1 shows where".to_owned(),
        }
    })
}

/// How work ended that did not end well.
#[derive(Debug, PartialEq, Eq)]
enum Ended {
    /// It says why.
    Told(String),
    /// The time was up.
    Late,
    /// It panicked.
    Fell,
}

/// Has work done on a thread of its own, for so long.
fn wait<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Result<T, Ended> {
    let (sender, receiver) = mpsc::channel();
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || {
        // Nobody listens any more after the time is up.
        let _ = sender.send(work());
    });
    worker.map_err(|error| Ended::Told(format!("no thread could be started: {error}")))?;
    match receiver.recv_timeout(patience) {
        Ok(outcome) => outcome.map_err(Ended::Told),
        Err(RecvTimeoutError::Timeout) => Err(Ended::Late),
        Err(RecvTimeoutError::Disconnected) => Err(Ended::Fell),
    }
}

/// Well below what manifests grant.
fn patience(hook: Hook) -> Duration {
    Duration::from_secs(match hook {
        Hook::ToolGuardian => 5,
        Hook::SecretsScanner => 20,
        Hook::SessionTelemetry | Hook::ToolAudit => 3,
        Hook::SubagentValidation => 8,
    })
}

fn work(asked: Asked, learned: &Learned) -> Result<Reply, String> {
    let input = learned.input.get_or_init(|| input().unwrap_or_default());
    let mut read = payload::read(input, asked.host);
    if let Ok(payload) = &mut read {
        payload.event = asked.event.or(payload.event);
        let _ = learned.dialect.set(payload.dialect);
        if let Some(event) = payload.event {
            let _ = learned.event.set(event);
        }
    }
    if asked.hook == Hook::ToolAudit {
        return Ok(audit::audit(read.as_ref()));
    }
    let payload = read.map_err(|error: PayloadError| error.to_string())?;
    judged(asked.hook, &payload)
}

fn judged(hook: Hook, payload: &Payload) -> Result<Reply, String> {
    match hook {
        Hook::ToolGuardian => guardian::guard(payload, &guardian::settings(&variable), &judge),
        Hook::SecretsScanner => {
            let settings = secrets::settings(&variable);
            secrets::tell(payload, &settings, &|settings| {
                leaks::scan(settings).map_err(|error| format!("{error:#}"))
            })
        }
        Hook::SessionTelemetry => {
            let settings = telemetry::settings(&variable);
            let sources = (
                &surroundings::look as &dyn Fn() -> _,
                &journal::audit as &dyn Fn() -> _,
            );
            Ok(telemetry::observe(payload, &settings, sources))
        }
        Hook::SubagentValidation => {
            let strict = subagent::is_strict(&variable);
            Ok(subagent::validate(
                payload,
                strict,
                &surroundings::transcript,
            ))
        }
        Hook::ToolAudit => Ok(audit::audit(Ok(payload))),
    }
}

/// What is on standard input, and a byte more than is read of it.
fn input() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return Ok(bytes);
    }
    let limit = LIMIT as u64 + 1;
    let read = stdin.lock().take(limit).read_to_end(&mut bytes);
    read.context("cannot read standard input")?;
    Ok(bytes)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The folder logs lie below and files are looked for in.
fn root() -> std::path::PathBuf {
    project::root().unwrap_or_else(|_| std::path::PathBuf::from("."))
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::{Ended, wait};

    #[test]
    fn whatever_becomes_of_the_work_there_is_an_answer_in_time() {
        let long = Duration::from_mins(1);
        assert_eq!(wait(long, || Ok(7)), Ok(7));
        let told = wait(long, || Err::<(), _>("no".to_owned()));
        assert_eq!(told, Err(Ended::Told("no".to_owned())));
        let fell = wait(long, || -> Result<(), String> { panic!("a defect") });
        assert_eq!(fell, Err(Ended::Fell));
        let late = wait(Duration::from_millis(1), move || {
            thread::sleep(long);
            Ok(())
        });
        assert_eq!(late, Err(Ended::Late));
    }
}
