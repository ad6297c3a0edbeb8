//! Where the projects of a repository and their ledger lie.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Result;
use baton_flow::{FlowError, Place};

use crate::project;

/// The folder of projects, from the root of the repository.
pub(crate) const ARTIFACTS: &str = "agent-output";
/// Names the root of the repository where the working directory does not tell it.
const ROOT_VARIABLE: &str = "APEX_ROOT";

/// The repository whose projects are led: the one `APEX_ROOT` names, if it holds projects, else
/// the one around the working directory, else the nearest folder above that holds projects.
pub(crate) fn root() -> Result<PathBuf> {
    let holds = |folder: &Path| folder.join(ARTIFACTS).is_dir();
    let named = folder(ROOT_VARIABLE);
    if let Some(root) = named.filter(|root| holds(root)) {
        return Ok(root);
    }
    let root = project::root()?;
    if holds(&root) {
        return Ok(root);
    }
    let here = env::current_dir()?;
    let above = here.ancestors().find(|folder| holds(folder));
    Ok(above.map_or(root, Path::to_owned))
}

/// Where the projects of the repository at `root` and their ledger lie.
pub(crate) fn place(root: &Path) -> Result<Place> {
    let state = user_state().ok_or(FlowError::NoStateFolder)?;
    Ok(Place::new(root, ARTIFACTS, &state))
}

/// The user's folder for state.
fn user_state() -> Option<PathBuf> {
    let own = folder("BATON_STATE_DIR");
    // The standard says that a relative path counts as none.
    let shared = || folder("XDG_STATE_HOME").filter(|path| path.is_absolute());
    own.or_else(shared).or_else(usual_state)
}

#[cfg(target_os = "macos")]
fn usual_state() -> Option<PathBuf> {
    folder("HOME").map(|home| home.join("Library/Application Support"))
}

#[cfg(windows)]
fn usual_state() -> Option<PathBuf> {
    folder("LOCALAPPDATA").or_else(|| folder("USERPROFILE").map(|home| home.join("AppData/Local")))
}

#[cfg(not(any(target_os = "macos", windows)))]
fn usual_state() -> Option<PathBuf> {
    folder("HOME").map(|home| home.join(".local/state"))
}

/// The folder a variable names; an empty one names none.
fn folder(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}
