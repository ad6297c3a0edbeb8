//! The `git` program, for what concerns a work tree and not its files.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A call of git in a folder that no variable of a surrounding hook misleads.
pub(super) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("GIT_")) {
            command.env_remove(name);
        }
    }
    command
}

/// What git prints, without the line's end; `None` when it fails or is not there.
pub(super) fn output(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = command(folder, arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim_end().to_owned())
}

/// Where the hooks of a repository are.
pub(super) fn hooks_folder(root: &Path) -> Option<PathBuf> {
    let path = output(root, &["rev-parse", "--git-path", "hooks"])?;
    Some(root.join(path))
}
