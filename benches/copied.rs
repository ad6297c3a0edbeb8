//! A copy of a checkout of the reference, and git.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::measure::Outcome;

/// A copy of a checkout in which `node_modules` is no file of the repository.
pub(crate) fn clone(checkout: &Path, root: &Path) -> Outcome<()> {
    let from = checkout.to_str().ok_or("the path is not UTF-8")?;
    git(root, &["clone", "--quiet", from, "."])?;
    Ok(fs::write(
        root.join(".git/info/exclude"),
        "/node_modules\n",
    )?)
}

/// A symbolic link, through which the scripts of the reference find what they need.
#[cfg(unix)]
pub(crate) fn link(to: &Path, at: &Path) -> Outcome<()> {
    Ok(std::os::unix::fs::symlink(to, at)?)
}

#[cfg(not(unix))]
pub(crate) fn link(_to: &Path, _at: &Path) -> Outcome<()> {
    Err("the reference's scripts run only where there are symbolic links and a shell".into())
}

/// What git prints; nothing of the user's own configuration takes part.
pub(crate) fn git(root: &Path, arguments: &[&str]) -> Outcome<String> {
    let name = ["-c", "user.name=Bench", "-c", "user.email=bench@localhost"];
    let output = Command::new("git")
        .args(name)
        .args(["-c", "gc.auto=0", "-c", "core.hooksPath=none"])
        .args(arguments)
        .current_dir(root)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("git {arguments:?} failed: {said}").into())
}
