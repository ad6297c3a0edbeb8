//! `baton doctor`: what is here, what is missing, and whether the hooks do what they promise.

mod guards;
mod proof;

use std::path::Path;

use anyhow::Result;
use baton_check::external::ADAPTERS;

use super::{git, print};
use crate::exit::Verdict;
use crate::project;
use crate::terminal::{Terminal, harmless};

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// As it should be.
    Good,
    /// Not there; something can do without it.
    Absent,
    /// Not as it should be.
    Bad,
}

/// One line of the answer.
struct Line {
    state: State,
    what: String,
    says: String,
}

/// Looks at everything and tells.
pub(super) fn doctor() -> Result<Verdict> {
    let project = project::find(None)?;
    let mut lines = vec![
        line(State::Good, "baton", env!("CARGO_PKG_VERSION")),
        on_path(),
        configuration(&project),
    ];
    let version = git::output(&project.root, &["--version"]);
    lines.push(match &version {
        Some(version) => line(State::Good, "git", version),
        None => line(State::Bad, "git", "is not installed; hooks need it"),
    });
    lines.extend(tools());
    if version.is_some() {
        lines.extend(proof::hooks(&project.root));
    }
    lines.extend(guards::guards(&project));
    print(|out| {
        let terminal = Terminal::stdout();
        let width = lines.iter().map(|line| line.what.len()).max().unwrap_or(0);
        lines.iter().try_for_each(|Line { state, what, says }| {
            let word = match state {
                State::Good => terminal.added("ok     "),
                State::Absent => terminal.dim("absent "),
                State::Bad => terminal.removed("wrong  "),
            };
            writeln!(out, "{word} {what:<width$}  {}", harmless(says))
        })
    })?;
    if lines.iter().any(|line| line.state == State::Bad) {
        return Ok(Verdict::Findings);
    }
    Ok(Verdict::Clean)
}

fn line(state: State, what: &str, says: &str) -> Line {
    Line {
        state,
        what: what.to_owned(),
        says: says.to_owned(),
    }
}

/// Hooks call `baton` by its name.
fn on_path() -> Line {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("baton{}", std::env::consts::EXE_SUFFIX);
    let mut candidates = std::env::split_paths(&path).map(|folder| folder.join(&name));
    match candidates.find(|candidate| candidate.is_file()) {
        Some(found) => line(State::Good, "search path", &found.display().to_string()),
        None => line(
            State::Bad,
            "search path",
            "has no `baton`, so no hook finds it",
        ),
    }
}

fn configuration(project: &project::Project) -> Line {
    let sources = project.config.sources.iter();
    let sources: Vec<String> = sources.map(|path| path.display().to_string()).collect();
    if sources.is_empty() {
        return line(State::Good, "configuration", "none, the defaults hold");
    }
    line(State::Good, "configuration", &sources.join(", "))
}

fn tools() -> Vec<Line> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let tool = |adapter: &baton_check::external::Adapter| {
        let Some((program, place)) = adapter.program(&path) else {
            let programs = adapter.programs.join(" or ");
            let says = format!("{programs}: {}", adapter.install);
            return line(State::Absent, adapter.check, &says);
        };
        let version = adapter.version_of(&place);
        let version = version.unwrap_or_else(|| "does not tell its version".to_owned());
        let says = format!("{program}: {version} ({})", place.display());
        line(State::Good, adapter.check, &says)
    };
    ADAPTERS.iter().map(tool).collect()
}

/// Whether a file could be run as a hook.
#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata()
        .is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
