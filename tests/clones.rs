//! Real git repositories with real remotes, for tests from the outside.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::scratch::{command, err, put};

/// The file of an agent.
pub(crate) const AGENT: &str = ".github/agents/planner.agent.md";
/// A file that makes a repository one of the June generation.
pub(crate) const EVIDENCE: &str = "tools/scripts/validate-models.mjs";
/// An agent without a fault.
pub(crate) const GOOD: &str = "---\nname: Planner\ndescription: Plans the work\nuser-invocable: true\ntools: [read]\n---\n\n# Planner\n";
/// An agent with one.
pub(crate) const BAD: &str = "# Planner\n";

/// A work tree, the bare repository it pushes to, and nobody's settings.
pub(crate) struct Clone {
    folder: TempDir,
}

impl Clone {
    /// An empty repository with an empty remote `origin`.
    pub(crate) fn empty(init: &[&str]) -> Clone {
        let folder = tempfile::tempdir().unwrap();
        let clone = Clone { folder };
        fs::create_dir(clone.at()).unwrap();
        let bare = clone.bare().display().to_string();
        clone.git(&[&["init", "-q", "--bare"], init, &[&bare]].concat());
        let allow = ["config", "receive.denyDeleteCurrent", "ignore"];
        clone.git(&[&["--git-dir", &bare], &allow[..]].concat());
        clone.git(&[&["init", "-q"], init].concat());
        clone.git(&["remote", "add", "origin", &bare]);
        clone
    }

    /// One whose first commit, a good one, is on the remote's `main`.
    pub(crate) fn new() -> Clone {
        let clone = Clone::empty(&[]);
        clone.put(AGENT, GOOD);
        clone.put(EVIDENCE, "");
        clone.commit("first");
        clone.git(&["push", "-q", "-u", "origin", "main"]);
        clone
    }

    /// The work tree.
    pub(crate) fn at(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    /// The remote.
    pub(crate) fn bare(&self) -> PathBuf {
        self.folder.path().join("remote.git")
    }

    /// Writes a file.
    pub(crate) fn put(&self, path: &str, text: &str) {
        put(&self.at(), path, text);
    }

    /// Commits everything there is; gives the commit.
    pub(crate) fn commit(&self, message: &str) -> String {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Runs git, which must succeed.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments);
        assert!(
            output.status.success(),
            "git {arguments:?}: {}",
            err(&output)
        );
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Runs git.
    pub(crate) fn try_git(&self, arguments: &[&str]) -> Output {
        isolated(Command::new("git"))
            .args(arguments)
            .current_dir(self.at())
            .output()
            .unwrap()
    }

    /// Runs the binary in the work tree.
    pub(crate) fn baton(&self, arguments: &[&str]) -> Output {
        isolated(command(&self.at(), arguments)).output().unwrap()
    }

    /// Installs a hook that calls the binary.
    pub(crate) fn hook(&self, name: &str, arguments: &str) {
        let hooks = self.git(&["rev-parse", "--git-path", "hooks"]);
        let hook = self.at().join(hooks).join(name);
        let binary = env!("CARGO_BIN_EXE_baton");
        put(
            hook.parent().unwrap(),
            name,
            &format!("#!/bin/sh\nexec '{binary}' {arguments}\n"),
        );
        executable(&hook);
    }
}

/// The command without the settings of whoever runs the tests.
pub(crate) fn isolated(mut command: Command) -> Command {
    for name in [
        "GIT_DIR",
        "GIT_INDEX_FILE",
        "GIT_WORK_TREE",
        "GIT_CEILING_DIRECTORIES",
    ] {
        command.env_remove(name);
    }
    let settings = [
        ("init.defaultBranch", "main"),
        ("user.name", "A"),
        ("user.email", "a@example.com"),
        ("core.autocrlf", "false"),
        ("protocol.file.allow", "always"),
        ("commit.gpgSign", "false"),
    ];
    command.env("GIT_CONFIG_COUNT", settings.len().to_string());
    for (at, (key, value)) in settings.iter().enumerate() {
        command.env(format!("GIT_CONFIG_KEY_{at}"), key);
        command.env(format!("GIT_CONFIG_VALUE_{at}"), value);
    }
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("NO_COLOR", "1");
    command
}

/// Makes a file a program.
#[cfg(unix)]
pub(crate) fn executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Makes a file a program.
#[cfg(not(unix))]
pub(crate) fn executable(_path: &Path) {}
