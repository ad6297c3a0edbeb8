//! `baton init` and `baton doctor` from the outside, with real git repositories.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const WORKFLOW: &str = ".github/workflows/baton.yml";

fn call(program: &str, folder: &Path, arguments: &[&str]) -> Output {
    let baton = Path::new(env!("CARGO_BIN_EXE_baton")).parent().unwrap();
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(folder)
        .env(
            "PATH",
            format!("{}:/usr/local/bin:/usr/bin:/bin", baton.display()),
        )
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("LC_ALL", "C.UTF-8")
        .env_remove("GIT_DIR")
        .stdin(Stdio::null());
    command.output().unwrap()
}

fn baton(folder: &Path, arguments: &[&str]) -> Output {
    call(env!("CARGO_BIN_EXE_baton"), folder, arguments)
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = call("git", folder, arguments);
    assert!(output.status.success(), "{}", text(&output));
}

/// A repository with one commit.
fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet", "-b", "main"]);
    put(folder.path(), "README.md", "# Shop\n");
    for (path, text) in files {
        put(folder.path(), path, text);
    }
    git(folder.path(), &["add", "."]);
    let name = ["-c", "user.name=a", "-c", "user.email=a@b.invalid"];
    git(
        folder.path(),
        &[&name[..], &["commit", "--quiet", "-m", "begin"]].concat(),
    );
    folder
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn hook(folder: &Path, stage: &str, script: &str) {
    let path = format!(".git/hooks/{stage}");
    put(folder, &path, &format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(folder.join(path), fs::Permissions::from_mode(0o755)).unwrap();
}

/// Both streams.
fn text(output: &Output) -> String {
    let out = String::from_utf8_lossy(&output.stdout);
    format!("{out}{}", String::from_utf8_lossy(&output.stderr))
}

fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

#[test]
fn nothing_is_written_unasked() {
    let folder = repository(&[]);
    let shown = baton(folder.path(), &["init", "--dry-run"]);
    assert_eq!(shown.status.code(), Some(0), "{}", text(&shown));
    assert!(
        text(&shown).contains("create baton.toml"),
        "{}",
        text(&shown)
    );
    assert!(text(&shown).contains("exec baton check --staged"));
    let silent = baton(folder.path(), &["init"]);
    assert_eq!(silent.status.code(), Some(2));
    assert!(text(&silent).contains("Nothing was written"));
    assert!(!folder.path().join("baton.toml").exists());
}

#[test]
fn a_plain_repository_gets_configuration_hooks_and_a_workflow() {
    let folder = repository(&[]);
    let output = baton(folder.path(), &["init", "--yes"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(read(&folder, ".git/hooks/pre-push").contains("baton push-check"));
    assert!(read(&folder, ".git/hooks/commit-msg").contains("baton commit-msg"));
    let mode = fs::metadata(folder.path().join(".git/hooks/pre-commit")).unwrap();
    assert_eq!(mode.permissions().mode() & 0o111, 0o111);
    assert!(read(&folder, WORKFLOW).contains("upload-sarif"));
    assert_eq!(
        baton(folder.path(), &["check"]).status.code(),
        Some(0),
        "the file is valid"
    );
    let again = baton(folder.path(), &["init", "--yes"]);
    assert!(!text(&again).contains("create"), "{}", text(&again));
}

#[test]
fn what_exists_is_kept_and_lefthook_is_extended() {
    let lefthook =
        "# ours\npre-commit:\n  commands:\n    # the first\n    test:\n      run: test\n";
    let folder = repository(&[
        ("lefthook.yml", lefthook),
        ("baton.toml", "fail-on = \"info\"\n"),
        (WORKFLOW, "name: mine\n"),
    ]);
    let output = baton(folder.path(), &["init", "--yes"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(read(&folder, "baton.toml"), "fail-on = \"info\"\n");
    assert_eq!(read(&folder, WORKFLOW), "name: mine\n");
    let after = read(&folder, "lefthook.yml");
    let added = "    baton:\n      run: baton check --staged --profile pre-commit\n";
    assert!(after.contains(added), "{after}");
    assert!(
        after.starts_with(lefthook.split_once("    test").unwrap().0),
        "{after}"
    );
    assert!(after.contains("use_stdin: true"));
    assert!(!folder.path().join(".git/hooks/pre-commit").exists());
}

#[test]
fn scripts_of_npm_are_named_in_our_words() {
    let scripts =
        r#"{"scripts": {"validate:artifacts": "node a", "lint:weather": "node b", "build": "c"}}"#;
    let folder = repository(&[("package.json", scripts)]);
    let output = baton(folder.path(), &["init", "--from-package-json"]);
    let text = text(&output);
    assert!(
        text.contains("validate:artifacts  baton validate artifacts"),
        "{text}"
    );
    assert!(text.contains("No counterpart:\n  lint:weather"), "{text}");
    assert!(text.contains("1 of 2 validators"), "{text}");
}

#[test]
fn the_doctor_proves_that_hooks_fire_and_block() {
    let cases = [
        (
            "exec baton check --select terraform-syntax-error",
            "fires, stops a broken file and lets a sound one pass",
            0,
        ),
        ("exec true", "is installed and does not call `baton`", 1),
        (
            "baton check --select terraform-syntax-error || true",
            "calls `baton` and lets a broken file pass",
            1,
        ),
        (
            "exec baton check --nonsense",
            "stops a broken file and a sound one as well",
            1,
        ),
    ];
    for (script, expected, code) in cases {
        let folder = repository(&[]);
        hook(folder.path(), "pre-commit", script);
        hook(
            folder.path(),
            "pre-push",
            &format!("cat > /dev/null\n{script}"),
        );
        let output = baton(folder.path(), &["doctor"]);
        let said = text(&output);
        let stages = said.lines().filter(|line| line.contains(expected)).count();
        assert_eq!(stages, 2, "{script}: {said}");
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(
            !folder.path().join("infra").exists(),
            "the repository is not touched"
        );
    }
    for (configuration, expected) in [
        ("", "fires; no convention for messages is configured"),
        (
            "[options.commits]\nconventional = true\n",
            "fires and stops a bad message",
        ),
    ] {
        let folder = repository(&[("baton.toml", configuration)]);
        hook(folder.path(), "commit-msg", "exec baton commit-msg \"$1\"");
        let said = text(&baton(folder.path(), &["doctor"]));
        assert!(said.contains(expected), "{said}");
    }
    let folder = repository(&[]);
    let output = baton(folder.path(), &["doctor"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains("`baton init` writes them"));
}
