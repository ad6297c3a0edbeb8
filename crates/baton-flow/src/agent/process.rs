//! Running a program under clocks: everything it says comes out, and nothing of it stays behind.
//!
//! It gets a process group of its own; at its end the group and, on Linux, whatever else carries
//! its mark in the environment is ended too.

mod end;
mod pump;

use std::ffi::OsString;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

pub use end::{ROOT_VARIABLE, TASK_VARIABLE, end_orphans, root_of};
pub use pump::{Line, Source};

use super::{AgentError, Limits, StopToken};
use pump::{Message, Meter};

/// How often clocks are looked at.
const TICK: Duration = Duration::from_millis(20);

/// So long what is still in the pipes may take to arrive after the program's end.
const DRAIN: Duration = Duration::from_millis(400);

/// What to run and where.
#[derive(Debug)]
pub struct Start<'a> {
    /// The program, by an absolute path.
    pub program: &'a Path,
    /// Its arguments.
    pub arguments: &'a [String],
    /// Where it starts.
    pub folder: &'a Path,
    /// Everything in its environment.
    pub environment: &'a [(OsString, OsString)],
    /// What it reads; `None` is nothing at all.
    pub stdin: Option<&'a str>,
    /// A mark that nothing else carries; it and its children are known by it.
    pub mark: &'a str,
}

/// How a program came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with this code.
    Exit(i32),
    /// By a signal that we did not send.
    Signal(i32),
    /// It was silent for too long.
    Silence,
    /// It took too long.
    Time,
    /// It printed too much.
    Flood,
    /// Somebody wanted it to.
    Stopped,
    /// Whoever heard what it said had it ended.
    Cut(String),
}

/// The end of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// How.
    pub how: Ended,
    /// How many processes it had left behind; they were ended too.
    pub left_behind: usize,
}

/// Who hears what a program says, and that it is started and ended.
pub trait Listener {
    /// It runs under this number.
    fn started(&mut self, id: u32);
    /// A line of it; `Break` has it ended, and says why.
    fn line(&mut self, line: Line) -> ControlFlow<String>;
    /// It is being ended.
    fn ending(&mut self, why: &Ended);
}

/// Runs a program to its end.
pub fn run(
    start: &Start<'_>,
    limits: &Limits,
    stop: &StopToken,
    listener: &mut dyn Listener,
) -> Result<Finished, AgentError> {
    let failed = |action| {
        let program = start.program.display().to_string();
        move |source| AgentError::Process {
            program,
            action,
            source,
        }
    };
    let mut child = command(start).spawn().map_err(failed("started"))?;
    listener.started(child.id());
    feed(&mut child, start.stdin);
    let (receiver, meter) = pump::pumps(&mut child);
    let mut run = Run {
        child: &mut child,
        receiver,
        meter,
        open: 2,
        limits,
    };
    let early = run.listen(stop, listener);
    if let Some(why) = &early {
        listener.ending(why);
        run.end(listener);
    }
    run.drain(DRAIN, listener);
    let left_behind = end::kill_all(run.child.id(), start.mark);
    run.drain(DRAIN, listener);
    let status = child.wait().map_err(failed("waited for"))?;
    let how = early.unwrap_or_else(|| end::by_itself(status));
    Ok(Finished { how, left_behind })
}

struct Run<'r> {
    child: &'r mut Child,
    receiver: Receiver<Message>,
    meter: Meter,
    /// How many pipes are still open.
    open: u8,
    limits: &'r Limits,
}

impl Run<'_> {
    /// Listens until the program has ended by itself, or tells why it must be ended.
    fn listen(&mut self, stop: &StopToken, listener: &mut dyn Listener) -> Option<Ended> {
        let began = Instant::now();
        loop {
            if let ControlFlow::Break(why) = self.hear(TICK, listener) {
                return Some(Ended::Cut(why));
            }
            if stop.is_stopped() {
                return Some(Ended::Stopped);
            }
            if self.meter.printed() > self.limits.output {
                return Some(Ended::Flood);
            }
            if end::has_ended(self.child) {
                return None;
            }
            if began.elapsed() >= self.limits.whole {
                return Some(Ended::Time);
            }
            if self.meter.silent_for() >= self.limits.silence {
                return Some(Ended::Silence);
            }
        }
    }

    /// Takes the next message, or waits a moment for one.
    fn hear(&mut self, wait: Duration, listener: &mut dyn Listener) -> ControlFlow<String> {
        if self.open == 0 {
            thread::sleep(wait.min(TICK));
            return ControlFlow::Continue(());
        }
        match self.receiver.recv_timeout(wait) {
            Ok(Message::Line(line)) => listener.line(line),
            Ok(Message::Closed) => {
                self.open = self.open.saturating_sub(1);
                ControlFlow::Continue(())
            }
            Err(RecvTimeoutError::Timeout) => ControlFlow::Continue(()),
            Err(RecvTimeoutError::Disconnected) => {
                self.open = 0;
                ControlFlow::Continue(())
            }
        }
    }

    /// Asks it to end, and listens on until it has or its grace is over.
    fn end(&mut self, listener: &mut dyn Listener) {
        end::ask(self.child);
        let until = Instant::now() + self.limits.grace;
        while Instant::now() < until && !end::has_ended(self.child) {
            // It ends anyway: what it says now changes nothing any more.
            let _ = self.hear(TICK, listener);
        }
        end::kill(self.child);
    }

    /// Takes what is still in the pipes.
    fn drain(&mut self, patience: Duration, listener: &mut dyn Listener) {
        let until = Instant::now() + patience;
        while self.open > 0 && Instant::now() < until {
            let _ = self.hear(TICK, listener);
        }
    }
}

fn command(start: &Start<'_>) -> Command {
    let mut command = Command::new(start.program);
    let stdin = if start.stdin.is_some() {
        Stdio::piped()
    } else {
        Stdio::null()
    };
    command
        .args(start.arguments)
        .current_dir(start.folder)
        .env_clear()
        .envs(start.environment.iter().map(|(name, value)| (name, value)))
        .env(TASK_VARIABLE, start.mark)
        .stdin(stdin)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    end::own_group(&mut command);
    command
}

/// Gives a program its input and closes it, on a thread of its own: nobody has to read it.
fn feed(child: &mut Child, text: Option<&str>) {
    let (Some(mut pipe), Some(text)) = (child.stdin.take(), text) else {
        return;
    };
    let text = text.to_owned();
    thread::spawn(move || {
        // Who closes their input before its end does not want the rest.
        let _ = pipe.write_all(text.as_bytes());
    });
}
