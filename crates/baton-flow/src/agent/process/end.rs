//! Ending a program and everything it started.

use std::process::{Child, Command, ExitStatus};

use super::Ended;

/// Set for everything an agent starts, to a mark of its task: what leaves the process group is
/// found by it.
pub const TASK_VARIABLE: &str = "BATON_TASK";

/// How a program ended that nobody ended.
#[cfg(unix)]
pub(super) fn by_itself(status: ExitStatus) -> Ended {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.code(), status.signal()) {
        (Some(code), _) => Ended::Exit(code),
        (None, signal) => Ended::Signal(signal.unwrap_or_default()),
    }
}

#[cfg(not(unix))]
pub(super) fn by_itself(status: ExitStatus) -> Ended {
    status.code().map_or(Ended::Signal(0), Ended::Exit)
}

#[cfg(unix)]
pub(super) fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
pub(super) fn own_group(_command: &mut Command) {}

/// Whether a program has ended. It is not waited for: until then its number, which is that of
/// its group, cannot become somebody else's.
#[cfg(unix)]
pub(super) fn has_ended(child: &mut Child) -> bool {
    use rustix::process::{WaitId, WaitIdOptions, waitid};
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let Some(id) = group(child.id()) else {
        return true;
    };
    match waitid(WaitId::Pid(id), options) {
        Ok(status) => status.is_some(),
        // Nobody is there to be waited for.
        Err(rustix::io::Errno::CHILD) => true,
        Err(_) => false,
    }
}

#[cfg(not(unix))]
pub(super) fn has_ended(child: &mut Child) -> bool {
    !matches!(child.try_wait(), Ok(None))
}

/// Asks a program and its group to end.
#[cfg(unix)]
pub(super) fn ask(child: &Child) {
    signal(child.id(), rustix::process::Signal::TERM);
}

#[cfg(not(unix))]
pub(super) fn ask(_child: &Child) {}

/// Ends a program and its group.
#[cfg(unix)]
pub(super) fn kill(child: &mut Child) {
    signal(child.id(), rustix::process::Signal::KILL);
}

#[cfg(not(unix))]
pub(super) fn kill(child: &mut Child) {
    // It may have ended by itself in the meantime.
    let _ = child.kill();
}

/// Ends what is left of a group and what carries a mark; how many of the latter there were.
pub(super) fn kill_all(id: u32, mark: &str) -> usize {
    let left = marked::processes(mark, id);
    kill_group(id);
    let mut again = left.clone();
    // Who is about to start another one has had time to do so after a few rounds.
    for _ in 0..5 {
        if again.is_empty() {
            break;
        }
        for id in &again {
            marked::kill(*id);
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
        again = marked::processes(mark, id);
    }
    left.len()
}

#[cfg(unix)]
fn kill_group(id: u32) {
    signal(id, rustix::process::Signal::KILL);
}

#[cfg(not(unix))]
fn kill_group(_id: u32) {}

#[cfg(unix)]
fn group(id: u32) -> Option<rustix::process::Pid> {
    rustix::process::Pid::from_raw(i32::try_from(id).ok()?)
}

#[cfg(unix)]
fn signal(id: u32, signal: rustix::process::Signal) {
    if let Some(group) = group(id) {
        // It may have ended by itself in the meantime.
        let _ = rustix::process::kill_process_group(group, signal);
    }
}

/// Processes that carry a mark in their environment, where the system tells.
#[cfg(target_os = "linux")]
mod marked {
    use std::fs;

    use super::TASK_VARIABLE;

    pub(super) fn processes(mark: &str, except: u32) -> Vec<u32> {
        let wanted = format!("{TASK_VARIABLE}={mark}");
        let Ok(listed) = fs::read_dir("/proc") else {
            return Vec::new();
        };
        let names = listed.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let numbers = names.filter_map(|name| name.parse::<u32>().ok());
        numbers
            .filter(|number| *number != except && carries(*number, &wanted))
            .collect()
    }

    /// Those of other accounts cannot be read; nor could they be ended.
    fn carries(number: u32, wanted: &str) -> bool {
        fs::read(format!("/proc/{number}/environ")).is_ok_and(|bytes| {
            bytes
                .split(|byte| *byte == 0)
                .any(|one| one == wanted.as_bytes())
        })
    }

    pub(super) fn kill(number: u32) {
        if let Some(id) = super::group(number) {
            let _ = rustix::process::kill_process(id, rustix::process::Signal::KILL);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod marked {
    pub(super) fn processes(_mark: &str, _except: u32) -> Vec<u32> {
        Vec::new()
    }

    pub(super) fn kill(_number: u32) {}
}
