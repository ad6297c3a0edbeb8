//! The proof that hooks fire and block: they run on a scratch clone, once with a broken file and
//! once with a sound one, and a witness in the place of `baton` writes down how it was called.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use baton_check::external::Scratch;

use super::super::git;
use super::{Line, State, is_program, line};

/// Where the probe lies, a text no check lets pass, and one that every check does.
const PROBE: &str = "infra/terraform/baton-doctor/main.tf";
const BROKEN: &str = "locals {\n";
const SOUND: &str = "locals {\n  probe = true\n}\n";

/// Files that steer hooks and may not be committed yet.
const STEERING: [&str; 6] = [
    "baton.toml",
    "lefthook.yml",
    ".lefthook.yml",
    "lefthook.yaml",
    ".lefthook.yaml",
    ".pre-commit-config.yaml",
];

/// A clone, a remote, a witness and its book.
struct Scene {
    scratch: Scratch,
}

/// How one try ended.
#[derive(Debug, PartialEq, Eq)]
struct Try {
    /// Exit codes of the calls of `baton`, each with the command that was called.
    calls: Vec<String>,
    /// Whether git did what it was asked for.
    done: bool,
}

/// What the hooks of a repository are worth.
pub(super) fn hooks(root: &Path) -> Vec<Line> {
    let top = git::output(root, &["rev-parse", "--show-toplevel"]).map(PathBuf::from);
    let (Some(folder), Some(top)) = (git::hooks_folder(root), top) else {
        return vec![line(State::Absent, "hooks", "this is no git work tree")];
    };
    let stages = ["pre-commit", "commit-msg", "pre-push"];
    let is_installed = |stage: &&&str| is_program(&folder.join(stage));
    if !stages.iter().any(|stage| is_installed(&stage)) {
        let says = "none are installed; `baton init` writes them";
        return vec![line(State::Absent, "hooks", says)];
    }
    let prove = |stage: &&str| {
        if !is_installed(&stage) {
            return line(State::Absent, stage, "is not installed");
        }
        if !cfg!(unix) {
            return line(
                State::Absent,
                stage,
                "is installed; the proof needs a Unix shell",
            );
        }
        match prove(&top, &folder, stage) {
            Ok((broken, _)) if *stage == "commit-msg" => judged_message(stage, &broken),
            Ok((broken, sound)) => judged(stage, &broken, &sound),
            Err(error) => {
                let says = format!("could not be tried: {error}");
                line(State::Bad, stage, &says)
            }
        }
    };
    stages.iter().map(prove).collect()
}

fn judged(name: &str, broken: &Try, sound: &Try) -> Line {
    let complains = |calls: &[String]| calls.iter().any(|call| !call.starts_with("0 "));
    let (state, says) = if broken.calls.is_empty() {
        (State::Bad, "is installed and does not call `baton`")
    } else if broken.done {
        (State::Bad, "calls `baton` and lets a broken file pass")
    } else if !complains(&broken.calls) {
        (
            State::Bad,
            "calls `baton`, which finds nothing wrong with a broken file",
        )
    } else if complains(&sound.calls) {
        (State::Bad, "stops a broken file and a sound one as well")
    } else if !sound.done {
        (
            State::Good,
            "fires and blocks; another hook stops the sound file here",
        )
    } else {
        (
            State::Good,
            "fires, stops a broken file and lets a sound one pass",
        )
    };
    line(state, name, says)
}

/// What a hook makes of a message that no convention knows; many repositories have none.
fn judged_message(name: &str, broken: &Try) -> Line {
    let mut calls = broken.calls.iter();
    let call = calls.find(|call| call.ends_with(" commit-msg"));
    let (state, says) = match call.map(|call| call.starts_with("0 ")) {
        None => (
            State::Bad,
            "is installed and does not call `baton commit-msg`",
        ),
        Some(false) if broken.done => (State::Bad, "calls `baton` and lets a bad message pass"),
        Some(false) => (State::Good, "fires and stops a bad message"),
        Some(true) => (
            State::Good,
            "fires; no convention for messages is configured",
        ),
    };
    line(state, name, says)
}

fn prove(root: &Path, hooks: &Path, stage: &str) -> io::Result<(Try, Try)> {
    let scene = scene(root, hooks)?;
    if stage != "commit-msg" {
        scene.put(BROKEN)?;
    }
    if stage == "pre-commit" {
        let broken = scene.attempt(&["commit", "--quiet", "-m", "chore: Probe"])?;
        scene.put(SOUND)?;
        let sound = scene.attempt(&["commit", "--quiet", "-m", "chore: Probe"])?;
        return Ok((broken, sound));
    }
    if stage == "commit-msg" {
        scene.put(SOUND)?;
        let broken = scene.attempt(&["commit", "--quiet", "-m", "Probe"])?;
        let sound = scene.attempt(&["commit", "--quiet", "-m", "chore: Probe"])?;
        return Ok((broken, sound));
    }
    let push = [
        "push",
        "--quiet",
        "origin",
        "HEAD:refs/heads/chore/baton-doctor",
    ];
    scene.commit()?;
    let broken = scene.attempt(&push)?;
    scene.git(&["reset", "--quiet", "--hard", "HEAD~1"])?;
    scene.put(SOUND)?;
    scene.commit()?;
    let sound = scene.attempt(&push)?;
    Ok((broken, sound))
}

/// Clones the repository, lets it use the same hooks, and puts the witness in place.
fn scene(root: &Path, hooks: &Path) -> io::Result<Scene> {
    let scene = Scene {
        scratch: Scratch::new()?,
    };
    let base = scene.scratch.path();
    let clone = scene.clone();
    let (from, to) = (root.to_string_lossy(), clone.to_string_lossy());
    succeed(base, &["clone", "--quiet", "--shared", &from, &to])?;
    succeed(base, &["init", "--quiet", "--bare", "remote.git"])?;
    let hooks = hooks.canonicalize()?;
    let remote = base.join("remote.git");
    for (key, value) in [
        ("core.hooksPath", hooks.to_string_lossy()),
        ("remote.origin.url", remote.to_string_lossy()),
        ("user.name", "baton doctor".into()),
        ("user.email", "doctor@baton.invalid".into()),
        ("commit.gpgsign", "false".into()),
    ] {
        scene.git(&["config", key, &value])?;
    }
    for name in STEERING {
        if root.join(name).is_file() {
            fs::copy(root.join(name), clone.join(name))?;
        }
    }
    bring_modules(root, &clone)?;
    scene.git(&[
        "commit",
        "--quiet",
        "--no-verify",
        "--allow-empty",
        "-m",
        "chore: Begin",
    ])?;
    scene.git(&[
        "push",
        "--quiet",
        "--no-verify",
        "origin",
        "HEAD:refs/heads/main",
    ])?;
    scene.git(&["fetch", "--quiet", "origin"])?;
    scene.witness()?;
    Ok(scene)
}

impl Scene {
    fn clone(&self) -> PathBuf {
        self.scratch.path().join("clone")
    }

    fn book(&self) -> PathBuf {
        self.scratch.path().join("calls")
    }

    fn git(&self, arguments: &[&str]) -> io::Result<()> {
        succeed(&self.clone(), arguments)
    }

    fn commit(&self) -> io::Result<()> {
        self.git(&["commit", "--quiet", "--no-verify", "-m", "chore: Probe"])
    }

    /// Stages the probe.
    fn put(&self, text: &str) -> io::Result<()> {
        let path = self.clone().join(PROBE);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)?;
        self.git(&["add", "--force", PROBE])
    }

    /// A program named `baton` that calls us and writes down what we answered.
    fn witness(&self) -> io::Result<()> {
        let folder = self.scratch.path().join("bin");
        fs::create_dir(&folder)?;
        let path = folder.join("baton");
        let quoted = |path: &Path| format!("'{}'", path.to_string_lossy().replace('\'', "'\\''"));
        let baton = quoted(&std::env::current_exe()?);
        let book = quoted(&self.book());
        fs::write(
            &path,
            format!(
                "#!/bin/sh\n{baton} \"$@\"\ncode=$?\necho \"$code $1\" >> {book}\nexit \"$code\"\n"
            ),
        )?;
        make_program(&path)
    }

    /// Lets git try something with the hooks in place.
    fn attempt(&self, arguments: &[&str]) -> io::Result<Try> {
        let book = self.book();
        if book.exists() {
            fs::remove_file(&book)?;
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(self.scratch.path().join("bin"));
        let folders = folders.chain(std::env::split_paths(&path));
        let path = std::env::join_paths(folders).map_err(io::Error::other)?;
        let output = git::command(&self.clone(), arguments)
            .env("PATH", path)
            .output()?;
        let calls = fs::read_to_string(&book).unwrap_or_default();
        Ok(Try {
            calls: calls.lines().map(str::to_owned).collect(),
            done: output.status.success(),
        })
    }
}

fn succeed(folder: &Path, arguments: &[&str]) -> io::Result<()> {
    let output = git::command(folder, arguments).output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("nothing");
    let call = arguments.first().copied().unwrap_or_default();
    Err(io::Error::other(format!("`git {call}` said: {said}")))
}

/// Hook managers that npm installed are found below the work tree.
#[cfg(unix)]
fn bring_modules(root: &Path, clone: &Path) -> io::Result<()> {
    let (from, to) = (root.join("node_modules"), clone.join("node_modules"));
    if from.is_dir() && !to.exists() {
        std::os::unix::fs::symlink(from, to)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn bring_modules(_root: &Path, _clone: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn make_program(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_program(_path: &Path) -> io::Result<()> {
    Ok(())
}
