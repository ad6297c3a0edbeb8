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

#[test]
fn hooks_for_agents_fit_the_hosts_that_are_there() {
    let settings = "{\n    \"model\": \"opus\",\n    \"hooks\": {\n        \"Stop\": [\n            \
        {\"hooks\": [{\"type\": \"command\", \"command\": \"echo bye\"}]}\n        ]\n    }\n}\n";
    let folder = repository(&[
        (".claude/settings.json", settings),
        (".gitignore", "target/"),
    ]);
    let shown = text(&baton(
        folder.path(),
        &["init", "--agent-hooks", "--dry-run"],
    ));
    assert!(shown.contains("create .github/hooks/baton.json"), "{shown}");
    assert!(shown.contains("extend .claude/settings.json"), "{shown}");
    assert!(
        !folder.path().join(".github").exists(),
        "nothing is written before it is shown"
    );
    let output = baton(folder.path(), &["init", "--agent-hooks", "--yes"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let merged = read(&folder, ".claude/settings.json");
    assert!(
        merged.starts_with(settings.split("}\n        ]").next().unwrap()),
        "{merged}"
    );
    assert!(merged.contains("baton hook tool-guardian"));
    assert_eq!(read(&folder, ".gitignore"), "target/\nlogs/copilot/\n");
    let again = text(&baton(folder.path(), &["init", "--agent-hooks", "--yes"]));
    assert!(
        again.contains("keep .github/hooks/baton.json: it is what it should be"),
        "{again}"
    );
    assert!(
        again.contains("keep .claude/settings.json: it has baton's hooks already"),
        "{again}"
    );
    assert_eq!(read(&folder, ".claude/settings.json"), merged);
}

#[test]
fn hooks_of_others_are_never_overwritten() {
    let theirs =
        "{\"hooks\": {\"PreToolUse\": [{\"type\": \"command\", \"command\": \"echo\"}]}}\n";
    let commented = "{} // not what Claude Code reads\n";
    let folder = repository(&[
        (".github/hooks/tool-guardian/hooks.json", theirs),
        (
            ".vscode/settings.json",
            "{\n  // mine\n  \"editor.tabSize\": 2,\n}\n",
        ),
        (".claude/settings.json", commented),
    ]);
    let shown = text(&baton(folder.path(), &["init", "--agent-hooks", "--yes"]));
    assert!(
        shown.contains("keep .github/hooks/tool-guardian/hooks.json: it exists"),
        "{shown}"
    );
    assert!(
        shown.contains("keep .claude/settings.json: it is not JSON"),
        "{shown}"
    );
    assert_eq!(
        read(&folder, ".github/hooks/tool-guardian/hooks.json"),
        theirs
    );
    assert_eq!(read(&folder, ".claude/settings.json"), commented);
    let settings = read(&folder, ".vscode/settings.json");
    assert!(
        settings.starts_with("{\n  // mine\n  \"editor.tabSize\": 2,\n"),
        "{settings}"
    );
    assert!(
        settings.contains("\".github/hooks/tool-audit\": true"),
        "{settings}"
    );
}

#[test]
fn our_own_rules_accept_the_hooks_we_install() {
    let family = [(".github/agents/_subagents/helper.agent.md", "Helps.\n")];
    for files in [&[][..], &family] {
        let folder = repository(files);
        let all = ["init", "--agent-hooks=copilot,vscode,claude", "--yes"];
        assert_eq!(baton(folder.path(), &all).status.code(), Some(0));
        let check = [
            "check",
            "--select",
            "agent-hooks,validate:hooks",
            "--fail-on",
            "info",
        ];
        let output = baton(folder.path(), &check);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    }
}

#[test]
fn the_doctor_proves_that_guards_of_agents_block() {
    let folder = repository(&[]);
    let said = text(&baton(folder.path(), &["doctor"]));
    assert!(
        said.contains("`baton init --agent-hooks` writes one"),
        "{said}"
    );
    let all = ["init", "--agent-hooks=copilot,vscode,claude", "--yes"];
    baton(folder.path(), &all);
    let output = baton(folder.path(), &["doctor"]);
    let said = text(&output);
    let good = "denies a forbidden command and lets a harmless one pass";
    assert_eq!(said.matches(good).count(), 3, "{said}");
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        !folder.path().join("logs").exists(),
        "the repository is not touched"
    );
    for (command, expected) in [
        (
            "GUARD_MODE=warn baton hook tool-guardian",
            "lets `git push --force origin main` pass",
        ),
        (
            "baton hook tool-guardian --nonsense",
            "stops a harmless command as well",
        ),
        ("baton hook tool-guardian; exit 3", "does not work"),
        (
            "baton hook tool-guardian > /dev/null",
            "lets `git push --force origin main` pass",
        ),
    ] {
        let manifest = format!(
            "{{\"hooks\": {{\"PreToolUse\": [{{\"type\": \"command\", \"command\": \"{command}\"}}]}}}}\n"
        );
        put(
            folder.path(),
            ".github/hooks/tool-guardian/hooks.json",
            &manifest,
        );
        let output = baton(folder.path(), &["doctor"]);
        let said = text(&output);
        assert!(said.contains(expected), "{command}: {said}");
        assert_eq!(output.status.code(), Some(1), "{said}");
    }
    put(folder.path(), ".vscode/settings.json", "{}\n");
    let said = text(&baton(folder.path(), &["doctor"]));
    assert!(
        said.contains("is not read: `chat.hookFilesLocations`"),
        "{said}"
    );
}
