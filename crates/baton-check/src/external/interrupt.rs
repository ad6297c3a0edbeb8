//! Ending early: every running tool, and what it started, goes first.
//!
//! Tools have process groups of their own, so that a terminal's Ctrl-C does not reach them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

static ENDED: AtomicBool = AtomicBool::new(false);

/// The groups of the tools that run, by the id of their first process.
static GROUPS: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// Ends all tools and starts no more; said a second time, ends this process as well.
pub fn interrupt() {
    let again = ENDED.swap(true, Ordering::SeqCst);
    for group in groups().iter() {
        kill(*group);
    }
    if again {
        end_this_process();
    }
}

/// Whether somebody asked for an early end.
pub fn interrupted() -> bool {
    ENDED.load(Ordering::SeqCst)
}

/// A tool that runs, for as long as this value lives.
pub(super) struct Registered(u32);

/// Notes a tool, or ends it when there was no time to note it.
pub(super) fn register(group: u32) -> Registered {
    groups().push(group);
    if interrupted() {
        kill(group);
    }
    Registered(group)
}

impl Drop for Registered {
    fn drop(&mut self) {
        groups().retain(|group| *group != self.0);
    }
}

fn groups() -> std::sync::MutexGuard<'static, Vec<u32>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends a process and everything it started, where there are groups.
#[cfg(unix)]
pub(super) fn kill(group: u32) {
    let group = i32::try_from(group).ok();
    if let Some(group) = group.and_then(rustix::process::Pid::from_raw) {
        // It may have ended by itself in the meantime.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
}

#[cfg(not(unix))]
pub(super) fn kill(_group: u32) {}

#[cfg(unix)]
fn end_this_process() {
    let this = rustix::process::getpid();
    let _ = rustix::process::kill_process(this, rustix::process::Signal::KILL);
}

#[cfg(not(unix))]
fn end_this_process() {}
