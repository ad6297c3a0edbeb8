//! Tools of others from the outside: each of the four ways to end, each reader, each profile.
//!
//! The tools are small scripts that the tests write; no real one is needed.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

const PYTHON: &str = "tools/prices.py";
const MAIN: &str = "infra/terraform/shop/main.tf";

/// A ruff that would write a file otherwise.
const UNFORMATTED: &str = "case \"$1\" in
    check) echo '[]';;
    format) echo 'Would reformat: tools/prices.py'; exit 1;;
    esac";

/// A repository, and a folder of programs.
struct Place {
    repository: TempDir,
    programs: TempDir,
}

fn place(files: &[(&str, &str)]) -> Place {
    let place = Place {
        repository: tempfile::tempdir().unwrap(),
        programs: tempfile::tempdir().unwrap(),
    };
    fs::create_dir(place.repository.path().join(".git")).unwrap();
    for (path, text) in files {
        put(place.repository.path(), path, text);
    }
    place
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

impl Place {
    /// Puts a program in reach that runs a script and knows its version.
    fn program(&self, name: &str, script: &str) -> &Place {
        let path = self.programs.path().join(name);
        let version = "case \"$1\" in --version|version) echo \"tool 1.2.3\"; exit 0;; esac";
        fs::write(&path, format!("#!/bin/sh\n{version}\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    fn baton(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baton"));
        command
            .args(arguments)
            .current_dir(self.repository.path())
            .env(
                "PATH",
                format!("{}:/usr/bin:/bin", self.programs.path().display()),
            )
            .env("LC_ALL", "C.UTF-8")
            .env("GIT_DIR", "/nowhere")
            .env("AZURE_CLIENT_SECRET", "hidden")
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::null());
        command
    }

    /// The JSON report of a run.
    fn report(&self, arguments: &[&str]) -> Value {
        let arguments = [arguments, &["--output-format", "json"]].concat();
        serde_json::from_slice(&self.baton(&arguments).stdout).unwrap()
    }
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_tool_that_is_content_is_a_pass() {
    let place = place(&[(PYTHON, "print(1)\n")]);
    place.program("ruff", "case \"$1\" in check) echo '[]';; esac");
    let output = place.baton(&["lint", "python", "--statistics"]);
    assert_eq!(code(&output), Some(0), "{}", err(&output));
    assert!(
        out(&output).contains("ruff: tool 1.2.3"),
        "{}",
        out(&output)
    );
    let report = place.report(&["lint", "python"]);
    assert_eq!(report["tools"][0]["done"], true);
    assert_eq!(report["per_check"][0]["checked"], 1);
}

#[test]
fn what_a_tool_finds_is_a_finding_at_its_place() {
    let place = place(&[(PYTHON, "import os\n")]);
    place.program(
        "ruff",
        "case \"$1\" in
        check) echo '[{\"code\": \"F401\", \"filename\": \"'$PWD'/tools/prices.py\", \"message\": \"unused\",
            \"location\": {\"row\": 1, \"column\": 8}, \"end_location\": {\"row\": 1, \"column\": 10}}]';;
        format) echo 'Would reformat: tools/prices.py';;
        esac
        exit 1",
    );
    let output = place.baton(&["lint", "python", "--output-format", "concise"]);
    assert_eq!(code(&output), Some(1));
    let text = out(&output);
    assert!(
        text.contains("tools/prices.py:1:8: error[ruff-violation]"),
        "{text}"
    );
    assert!(text.contains("error[unformatted-python]"), "{text}");
    let only = place.report(&["check", "--select", "unformatted-python"]);
    assert_eq!(only["findings"].as_array().unwrap().len(), 1);
}

#[test]
fn a_tool_that_fails_is_a_failure_whatever_it_says() {
    for (script, said) in [
        (
            "echo 'Traceback: boom' >&2; exit 1",
            "exited with 1 and said: Traceback: boom",
        ),
        (
            "echo 'not json'; exit 0",
            "exited with 0 and said: not json",
        ),
        ("kill -9 $$", "was ended by a signal"),
        ("exit 2", "exited with 2 and said nothing"),
    ] {
        let place = place(&[(PYTHON, "print(1)\n")]);
        place.program("ruff", script);
        let output = place.baton(&["lint", "python", "--exit-zero"]);
        assert_eq!(code(&output), Some(2), "{script}");
        assert!(err(&output).contains(said), "{script}: {}", err(&output));
        assert_eq!(
            place.report(&["lint", "python"])["per_check"][0]["checked"],
            0
        );
    }
}

#[test]
fn a_missing_tool_is_skipped_aloud_and_fails_where_tools_are_required() {
    let place = place(&[("main.bicep", "param size int\n")]);
    let said = "lint:bicep: `bicep` is not installed";
    let output = place.baton(&["lint", "bicep"]);
    assert_eq!(code(&output), Some(0));
    assert!(err(&output).contains(said), "{}", err(&output));
    let report = place.report(&["lint", "bicep"]);
    assert_eq!(report["skipped"][0]["check"], "lint:bicep");
    assert_eq!(report["per_check"][0]["checked"], 0);
    for flags in [&["--require-tools"][..], &["--profile", "ci"]] {
        let output = place.baton(&[&["lint", "bicep", "--exit-zero"], flags].concat());
        assert_eq!(code(&output), Some(2), "{flags:?}");
        assert!(
            err(&output).contains(&format!("failed: {said}")),
            "{}",
            err(&output)
        );
    }
}

#[test]
fn a_tool_with_nothing_to_do_is_not_missed() {
    let place = place(&[("README.md", "# Shop\n")]);
    let output = place.baton(&["validate", "all", "--profile", "ci"]);
    assert_eq!(code(&output), Some(0), "{}", err(&output));
    assert!(!err(&output).contains("not installed"), "{}", err(&output));
}

#[test]
fn all_means_both_groups_and_the_profile_decides_which() {
    let place = place(&[(MAIN, "locals {\n  a = 1\n}\n"), (PYTHON, "print(1)\n")]);
    place
        .program("ruff", "case \"$1\" in check) echo '[]';; esac")
        .program("tflint", "echo '{\"issues\": [], \"errors\": []}'")
        .program(
            "terraform",
            "case \"$1\" in validate) echo '{\"valid\": true, \"diagnostics\": []}';; esac",
        );
    let ran = |flags: &[&str]| {
        let report = place.report(&[&["validate", "all"], flags].concat());
        let tools = report["tools"].as_array().unwrap().clone();
        let names = tools
            .iter()
            .map(|tool| tool["check"].as_str().unwrap().to_owned());
        assert!(
            report["per_check"].as_array().unwrap().len() > 3,
            "{report}"
        );
        names.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ran(&[]), "lint:python lint:tflint");
    assert_eq!(
        ran(&["--profile", "ci"]),
        "lint:python validate:terraform lint:tflint"
    );
    assert_eq!(ran(&["--profile", "pre-commit"]), "lint:python");
    assert_eq!(ran(&["--skip-external"]), "");
    let local = place.report(&["validate", "all"]);
    assert_eq!(local["skipped"][0]["check"], "validate:terraform");
    let plain = place.report(&["check"]);
    assert_eq!(
        plain["tools"].as_array().unwrap().len(),
        0,
        "`check` stays native"
    );
    let quick = place.report(&["check", "--profile", "pre-commit"]);
    assert_eq!(quick["tools"].as_array().unwrap().len(), 1);
}

#[test]
fn terraform_projects_are_initialised_elsewhere_and_left_as_they_were() {
    let place = place(&[
        (MAIN, "variable \"a\" {}\n"),
        ("infra/terraform/shop/modules/net/main.tf", ""),
    ]);
    place.program(
        "terraform",
        "case \"$1\" in
        init) test -d \"$TF_DATA_DIR\" || exit 9; touch .terraform.lock.hcl;;
        validate) echo '{\"valid\": false, \"diagnostics\": [{\"severity\": \"warning\", \"summary\": \"Old\",
            \"detail\": \"It is old.\", \"range\": {\"filename\": \"main.tf\",
            \"start\": {\"line\": 1, \"column\": 10}, \"end\": {\"line\": 1, \"column\": 13}}}]}';;
        esac",
    );
    let report = place.report(&["validate", "terraform"]);
    assert_eq!(
        report["findings"].as_array().unwrap().len(),
        1,
        "one project: {report}"
    );
    assert_eq!(report["findings"][0]["path"], MAIN);
    assert_eq!(report["findings"][0]["message"], "Old: It is old");
    assert_eq!(report["findings"][0]["severity"], "warning");
    let lock = place
        .repository
        .path()
        .join("infra/terraform/shop/.terraform.lock.hcl");
    assert!(!lock.exists());

    place.program(
        "terraform",
        "echo 'Error: Failed to query providers' >&2; exit 1",
    );
    let output = place.baton(&["validate", "terraform"]);
    assert_eq!(code(&output), Some(2));
    assert!(
        err(&output).contains("Failed to query providers before it could judge"),
        "{}",
        err(&output)
    );
}

#[test]
fn what_bicep_says_is_read_and_what_it_could_not_know_is_said() {
    let text = "output region string = 'westeurope'\n";
    let place = place(&[("a.bicep", text), ("b.bicep", text)]);
    place.program(
        "bicep",
        "case \"$3\" in
        ./a.bicep) echo \"$PWD/a.bicep(1,8) : Warning use-recent-api-versions: Too old. [https://aka.ms/x]\" >&2
            echo \"$PWD/a.bicep(1,8) : Warning no-unused-params: Never used. [https://aka.ms/x]\" >&2;;
        *) echo \"$PWD/b.bicep(1,1) : Error BCP190: The artifact is not restored.\" >&2; exit 1;;
        esac",
    );
    let report = place.report(&["lint", "bicep"]);
    assert_eq!(report["findings"].as_array().unwrap().len(), 1, "{report}");
    assert_eq!(
        report["findings"][0]["message"],
        "Too old (`use-recent-api-versions`)"
    );
    assert_eq!(report["findings"][0]["column"], 8);
    let skipped = report["skipped"][0]["reason"].as_str().unwrap();
    assert!(skipped.starts_with("`b.bicep` uses modules"), "{skipped}");
}

#[test]
fn tools_see_neither_secrets_nor_what_steers_git() {
    let place = place(&[("a.sh", "echo\n")]);
    let seen = place.repository.path().join("seen");
    place.program(
        "shellcheck",
        &format!("env > {}; echo '{{\"comments\": []}}'", seen.display()),
    );
    assert_eq!(code(&place.baton(&["lint", "shell"])), Some(0));
    let seen = fs::read_to_string(seen).unwrap();
    assert!(
        !seen.contains("GIT_DIR") && !seen.contains("hidden"),
        "{seen}"
    );
}

#[test]
fn a_repository_cannot_bring_its_own_tools() {
    let place = place(&[("a.sh", "echo\n"), ("shellcheck", "#!/bin/sh\nexit 1\n")]);
    let path = place.repository.path().join("shellcheck");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_baton"))
        .args(["lint", "shell"])
        .current_dir(place.repository.path())
        .env("PATH", ".:")
        .output()
        .unwrap();
    assert_eq!(code(&output), Some(0));
    assert!(
        err(&output).contains("`shellcheck` is not installed"),
        "{}",
        err(&output)
    );
}

#[test]
fn levels_of_the_configuration_hold_for_tools() {
    let place = place(&[
        (PYTHON, "print(1)\n"),
        ("baton.toml", "[rules]\nunformatted-python = \"info\"\n"),
    ]);
    place.program("ruff", UNFORMATTED);
    let output = place.baton(&["lint", "python"]);
    assert_eq!(code(&output), Some(0));
    assert!(
        out(&output).contains("info[unformatted-python]"),
        "{}",
        out(&output)
    );
}

#[test]
fn a_comment_for_a_tool_is_unused_only_when_the_tool_ran() {
    let text = "# baton-ignore invalid-terraform: written by a generator\nterraform {\n  required_version = \"~> 1.9\"\n}\n";
    let place = place(&[(MAIN, text)]);
    let rules = |place: &Place| {
        let report = place.report(&["validate", "all", "--online"]);
        let findings = report["findings"].as_array().unwrap().clone();
        let rules = findings
            .iter()
            .map(|one| one["rule"].as_str().unwrap().to_owned());
        rules.collect::<Vec<_>>()
    };
    assert_eq!(rules(&place).len(), 0, "missing");
    place.program("terraform", "exit 1");
    assert_eq!(rules(&place).len(), 0, "failed");
    place.program(
        "terraform",
        "case \"$1\" in validate) echo '{\"valid\": true, \"diagnostics\": []}';; esac",
    );
    assert_eq!(rules(&place), ["unused-suppression"]);
}

#[test]
fn checks_are_listed_with_their_tags() {
    let place = place(&[]);
    let output = place.baton(&["checks", "--output-format", "json"]);
    let checks: Value = serde_json::from_slice(&output.stdout).unwrap();
    let tags = |name: &str| {
        let mut checks = checks.as_array().unwrap().iter();
        checks.find(|check| check["name"] == name).unwrap()["tags"].to_string()
    };
    assert_eq!(
        tags("validate:terraform"),
        r#"["ci","network","needs-tool","slow"]"#
    );
    assert_eq!(tags("validate:agents"), r#"["ci","local"]"#);
    assert_eq!(tags("check:h2-order"), "[]");
}

/// Answers like ruff, about the first line of a file.
const FIRST_LINE: &str = "case \"$1\" in check) for last; do :; done
    echo \"[{\\\"code\\\": \\\"T1\\\", \\\"filename\\\": \\\"$last\\\", \\\"message\\\": \\\"$(head -n 1 \"$last\") $(echo *)\\\",
    \\\"location\\\": {\\\"row\\\": 1, \\\"column\\\": 1}, \\\"end_location\\\": {\\\"row\\\": 1, \\\"column\\\": 2}}]\"; exit 1;; esac";

#[test]
fn what_is_staged_is_shown_to_tools_in_a_copy() {
    let place = place(&[(PYTHON, "staged\n"), ("ruff.toml", ""), ("notes.md", "")]);
    place.program("ruff", FIRST_LINE);
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "init.defaultBranch=main"]).args(arguments);
        let git = git.env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE");
        let output = git.current_dir(place.repository.path()).output().unwrap();
        assert!(output.status.success(), "{}", err(&output));
    };
    fs::remove_dir(place.repository.path().join(".git")).unwrap();
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    put(place.repository.path(), PYTHON, "only saved\n");
    let run = |arguments: &[&str]| {
        let mut command = place.command(&["check", "--select", "lint:python"]);
        let command = command.args(arguments).args(["--output-format", "json"]);
        let output = command.env_remove("GIT_DIR").output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        report["findings"][0]["message"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    // The copy holds what the tool may want, and its configuration.
    assert_eq!(run(&["--staged"]), "staged ruff.toml tools (`T1`)");
    assert_eq!(run(&[]), "only saved notes.md ruff.toml tools (`T1`)");
}

#[test]
fn an_early_end_is_the_end_of_the_tools() {
    let place = place(&[(PYTHON, "print(1)\n")]);
    let pids = place.programs.path().join("pids");
    let script = format!(
        "sleep 60 & echo $! $$ > '{0}.new'; mv '{0}.new' '{0}'; sleep 60",
        pids.display()
    );
    place.program("ruff", &script);
    for signal in ["-INT", "-TERM"] {
        let _ = fs::remove_file(&pids);
        let mut command = place.command(&["lint", "python"]);
        let child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while !pids.exists() {
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "the tool never began"
            );
            thread::sleep(Duration::from_millis(10));
        }
        let ours = child.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &ours])
                .status()
                .unwrap()
                .success()
        );
        let output = child.wait_with_output().unwrap();
        assert_eq!(code(&output), Some(2));
        assert_eq!(err(&output), "error: interrupted, so nothing is reported\n");
        assert!(begun.elapsed() < Duration::from_secs(30));
        for pid in fs::read_to_string(&pids).unwrap().split_whitespace() {
            assert!(is_gone(pid), "{pid} outlived us");
        }
    }
}

/// Whether a process has ended, or only waits to be buried.
fn is_gone(pid: &str) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(5) {
        let state = Command::new("ps").args(["-o", "stat=", "-p", pid]).output();
        let state = state.map_or_else(|_| String::new(), |output| out(&output));
        if state.trim().is_empty() || state.starts_with('Z') {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_is_told_what_runs_in_one_line() {
    let place = place(&[(PYTHON, "print(1)\n")]);
    place.program("ruff", "sleep 1.5; echo '[]'");
    let binary = env!("CARGO_BIN_EXE_baton");
    let run = |settings: &str| {
        let mut script = Command::new("script");
        let typed = format!("{settings}; exec '{binary}' lint python");
        script.args(["-qec", &typed, "/dev/null"]);
        let path = format!("{}:/usr/bin:/bin", place.programs.path().display());
        script
            .env("PATH", path)
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null());
        let output = script.current_dir(place.repository.path()).output();
        // Only systems without util-linux have no terminal to offer.
        output.ok().map(|output| out(&output))
    };
    let Some(wide) = run("stty rows 24 cols 80") else {
        return;
    };
    let line = "\rrunning lint:python … 1 s";
    assert!(wide.contains(line), "{wide:?}");
    assert!(!wide.contains(&format!("{line}{line}")), "{wide:?}");
    assert!(wide.contains("\r                         \r"), "{wide:?}");
    let narrow = run("stty rows 24 cols 16").unwrap();
    assert!(narrow.contains("\rrunning lint:py\r"), "{narrow:?}");
    let plain = run("export LC_ALL=C; stty rows 24 cols 80").unwrap();
    assert!(plain.contains("running lint:python ... 1 s"), "{plain:?}");
}

#[test]
fn pinned_tools_are_asked_with_words_of_ours() {
    let pins = r#"{"pins": {
        "bicep": {"min": "1.2.3", "check_cmd": "touch ran"},
        "deno": {"min": "2.0.0", "check_cmd": "touch ran"},
        "tfsec": {"min": "1.28.0", "optional": true, "check_cmd": "touch ran"}
    }}"#;
    let place = place(&[("tools/registry/tool-version-pins.json", pins)]);
    place.program("bicep", "exit 9").program("deno", "exit 9");
    let report = place.report(&["validate", "tool-versions"]);
    let findings = report["findings"].as_array().unwrap();
    let said: Vec<&str> = findings
        .iter()
        .map(|finding| finding["message"].as_str().unwrap())
        .collect();
    assert_eq!(
        said,
        [
            "`deno` is 1.2.3, older than 2.0.0",
            "`tfsec` is not installed"
        ]
    );
    let tools = report["tools"].as_array().unwrap();
    assert_eq!(tools.len(), 2, "{tools:?}");
    assert!(!place.repository.path().join("ran").exists());

    let silent = self::place(&[("README.md", "# Shop\n")]);
    assert_eq!(code(&silent.baton(&["validate", "tool-versions"])), Some(0));
    assert!(!silent.repository.path().join("tools").exists());
}
