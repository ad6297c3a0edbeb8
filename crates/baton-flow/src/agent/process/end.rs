//! Ending a program and everything it started.

use std::path::Path;
use std::process::{Child, Command, ExitStatus};

use super::Ended;
use crate::agent::RUN_VARIABLE;

/// Set for everything an agent starts, to a mark of its task: what leaves the process group is
/// found by it.
pub const TASK_VARIABLE: &str = "BATON_TASK";

/// Set for everything an agent starts, to the root of its repository.
pub const ROOT_VARIABLE: &str = "BATON_ROOT";

/// The root of a repository as it stands in [`ROOT_VARIABLE`].
pub fn root_of(folder: &Path) -> String {
    let real = std::fs::canonicalize(folder);
    real.unwrap_or_else(|_| folder.to_owned())
        .display()
        .to_string()
}

/// Ends what agents of a project left running when the runner itself was ended; how many
/// processes that were. Only for who holds the project's run, and where the system tells.
pub fn end_orphans(folder: &Path, project: &str) -> usize {
    let root = format!("{ROOT_VARIABLE}={}", root_of(folder));
    let run = format!("{RUN_VARIABLE}={project}/");
    let is_orphan = |variables: &[&str]| {
        variables.contains(&root.as_str()) && variables.iter().any(|one| one.starts_with(&run))
    };
    let found = marked::processes(std::process::id(), &is_orphan);
    for id in &found {
        marked::kill(*id);
    }
    found.len()
}

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
    let wanted = format!("{TASK_VARIABLE}={mark}");
    let is_ours = |variables: &[&str]| variables.contains(&wanted.as_str());
    let left = marked::processes(id, &is_ours);
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
        again = marked::processes(id, &is_ours);
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

/// Processes that are known by their environment, where the system tells.
#[cfg(target_os = "linux")]
mod marked {
    use std::fs;

    /// Those of other accounts cannot be read; nor could they be ended.
    pub(super) fn processes(except: u32, is_wanted: &dyn Fn(&[&str]) -> bool) -> Vec<u32> {
        let Ok(listed) = fs::read_dir("/proc") else {
            return Vec::new();
        };
        let names = listed.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let numbers = names.filter_map(|name| name.parse::<u32>().ok());
        let found = numbers.filter(|number| {
            let bytes = fs::read(format!("/proc/{number}/environ")).unwrap_or_default();
            let variables = bytes.split(|byte| *byte == 0);
            let variables = variables.filter_map(|one| std::str::from_utf8(one).ok());
            *number != except && is_wanted(&variables.collect::<Vec<_>>())
        });
        found.collect()
    }

    pub(super) fn kill(number: u32) {
        if let Some(id) = super::group(number) {
            // It may have ended by itself in the meantime.
            let _ = rustix::process::kill_process(id, rustix::process::Signal::KILL);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod marked {
    pub(super) fn processes(_except: u32, _is_wanted: &dyn Fn(&[&str]) -> bool) -> Vec<u32> {
        Vec::new()
    }

    pub(super) fn kill(_number: u32) {}
}
