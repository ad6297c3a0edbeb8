//! Finding programs and running them: no surprises in, a time limit, everything out.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use super::interrupt::{kill, register};

/// No tool prints more than this.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// How often a child that closed its output is asked whether it has ended.
const PATIENCE: Duration = Duration::from_millis(5);

/// A tool that does not tell its version by then does not get to.
const VERSION_LIMIT: Duration = Duration::from_secs(20);

/// Variables a tool may see: where things are and how the network is reached, nothing else.
/// What steers git, what configures a tool behind the user's back, and credentials stay out.
const PASSED: [&str; 36] = [
    "PATH",
    "HOME",
    "USER",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TMPDIR",
    "TEMP",
    "TMP",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "TF_CLI_CONFIG_FILE",
    "TF_PLUGIN_CACHE_DIR",
    "TFLINT_PLUGIN_DIR",
    "DOTNET_ROOT",
    "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
    "PYENV_ROOT",
    "PYENV_VERSION",
    "VIRTUAL_ENV",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "PROGRAMDATA",
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "COMSPEC",
    "PATHEXT",
];

/// What a program did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) exit: i32,
}

/// What to run and where.
#[derive(Debug)]
pub(crate) struct Start<'a> {
    pub(crate) program: &'a Path,
    pub(crate) arguments: &'a [String],
    pub(crate) folder: &'a Path,
    pub(crate) variable: Option<(&'static str, &'a Path)>,
}

/// The first of some programs that is installed. Relative folders of the search path are left
/// out: they would let a repository bring its own programs.
pub(crate) fn find(names: &[&'static str], path: &OsStr) -> Option<(&'static str, PathBuf)> {
    let folders: Vec<PathBuf> = std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .collect();
    names.iter().find_map(|name| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        let mut candidates = folders.iter().map(|folder| folder.join(&file));
        let found = candidates.find(|candidate| is_program(candidate))?;
        Some((*name, found))
    })
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path)
        .is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// The first line with a digit that a program prints when asked for its version.
pub(crate) fn version(program: &Path, arguments: &[&str]) -> Option<String> {
    let arguments: Vec<String> = arguments.iter().map(|&word| word.to_owned()).collect();
    let start = Start {
        program,
        arguments: &arguments,
        folder: &std::env::temp_dir(),
        variable: None,
    };
    let ran = run(&start, VERSION_LIMIT).ok()?;
    let mut lines = ran
        .stdout
        .lines()
        .filter(|line| line.contains(|c: char| c.is_ascii_digit()));
    lines.next().map(|line| line.trim().to_owned())
}

/// Runs a program to its end or to the end of its time; the error is what to say about it.
pub(crate) fn run(start: &Start<'_>, limit: Duration) -> Result<Ran, String> {
    let deadline = Instant::now() + limit;
    let mut child = command(start)
        .spawn()
        .map_err(|error| format!("cannot be started: {error}"))?;
    let registered = register(child.id());
    let stdout = child.stdout.take().map(collect);
    let stderr = child.stderr.take().map(collect);
    let outcome = wait(&mut child, (stdout, stderr), deadline);
    if outcome.is_err() {
        end(&mut child);
    }
    drop(registered);
    match outcome {
        Ok(ran) => Ok(ran),
        Err(Trouble::Time) => Err(format!("was stopped after {} s", limit.as_secs_f32())),
        Err(Trouble::Signal) => Err("was ended by a signal".to_owned()),
        Err(Trouble::Other(error)) => Err(format!("cannot be waited for: {error}")),
    }
}

enum Trouble {
    Time,
    Signal,
    Other(std::io::Error),
}

type Pipe = Option<Receiver<String>>;

fn wait(
    child: &mut Child,
    (stdout, stderr): (Pipe, Pipe),
    deadline: Instant,
) -> Result<Ran, Trouble> {
    let receive = |pipe: Pipe| {
        let Some(pipe) = pipe else {
            return Ok(String::new());
        };
        let left = deadline.saturating_duration_since(Instant::now());
        pipe.recv_timeout(left).map_err(|_| Trouble::Time)
    };
    let stdout = receive(stdout)?;
    let stderr = receive(stderr)?;
    loop {
        if let Some(status) = child.try_wait().map_err(Trouble::Other)? {
            let exit = status.code().ok_or(Trouble::Signal)?;
            return Ok(Ran {
                stdout,
                stderr,
                exit,
            });
        }
        if Instant::now() >= deadline {
            return Err(Trouble::Time);
        }
        thread::sleep(PATIENCE);
    }
}

fn command(start: &Start<'_>) -> Command {
    let mut command = Command::new(start.program);
    command
        .args(start.arguments)
        .current_dir(start.folder)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for (name, value) in std::env::vars_os() {
        let known = |passed: &&str| name.to_str().is_some_and(|name| same(name, passed));
        if PASSED.iter().any(known) {
            command.env(name, value);
        }
    }
    command.env("NO_COLOR", "1").env("TERM", "dumb");
    command
        .env("CHECKPOINT_DISABLE", "1")
        .env("TF_IN_AUTOMATION", "1");
    command.envs(start.variable);
    own_group(&mut command);
    command
}

/// Names of variables do not differ by case on Windows.
fn same(name: &str, passed: &str) -> bool {
    if cfg!(windows) {
        name.eq_ignore_ascii_case(passed)
    } else {
        name == passed
    }
}

/// Reads a pipe to its end on a thread of its own.
fn collect(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was printed until it broke is all there is.
        let _ = pipe.take(MOST_BYTES).read_to_end(&mut bytes);
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    receiver
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_command: &mut Command) {}

/// Ends a child and, where there are groups, everything it started.
fn end(child: &mut Child) {
    kill(child.id());
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::path::Path;
    use std::time::{Duration, Instant};

    use super::{Start, find, run};

    fn shell(script: &str, limit: Duration) -> Result<super::Ran, String> {
        let arguments = ["-c".to_owned(), script.to_owned()];
        let start = Start {
            program: Path::new("/bin/sh"),
            arguments: &arguments,
            folder: Path::new("/"),
            variable: None,
        };
        run(&start, limit)
    }

    #[test]
    fn a_program_and_its_children_end_with_their_time() {
        let began = Instant::now();
        let said = shell("sleep 60 & sleep 60", Duration::from_millis(200)).unwrap_err();
        assert_eq!(said, "was stopped after 0.2 s");
        assert!(began.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn output_and_exit_code_come_back() {
        let ran = shell("echo out; echo err >&2; exit 3", Duration::from_secs(20)).unwrap();
        assert_eq!(
            (ran.stdout.as_str(), ran.stderr.as_str(), ran.exit),
            ("out\n", "err\n", 3)
        );
        let said = shell("kill -9 $$", Duration::from_secs(20)).unwrap_err();
        assert_eq!(said, "was ended by a signal");
    }

    #[test]
    fn the_environment_is_scrubbed() {
        let ran = shell("env", Duration::from_secs(20)).unwrap();
        let is_foreign = |line: &str| line.starts_with("CARGO") || line.starts_with("GIT_");
        assert!(!ran.stdout.lines().any(is_foreign), "{}", ran.stdout);
        assert!(ran.stdout.contains("NO_COLOR=1"));
    }

    #[test]
    fn relative_folders_are_not_searched() {
        assert!(find(&["sh"], OsStr::new("/nowhere:/bin")).is_some());
        assert!(find(&["sh"], OsStr::new("bin:.")).is_none());
        assert!(find(&["no-such-program"], OsStr::new("/bin")).is_none());
    }
}
