//! The commands with which a repository adopts baton: baselines, suppressions that end, routes,
//! watching.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]

#[expect(dead_code, reason = "the helpers serve other tests too")]
mod scratch;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use scratch::{command, put};

const AGENT: &str = ".github/agents/planner.agent.md";
const OTHER: &str = ".github/agents/builder.agent.md";
const GOOD: &str = "---\nname: Planner\ndescription: Plans the work\n---\n\n# Planner\n";
const BAD: &str = "# Planner\n";
const TERRAFORM: &str = "infra/shop/main.tf";
const ONE_OLD_TLS: &str =
    "resource \"azurerm_storage_account\" \"a\" {\n  min_tls_version = \"TLS1_0\"\n}\n";
const FRONT_MATTER: &[&str] = &["--select", "missing-front-matter"];
const BASELINE: &str = "baton-baseline.json";

/// A file that makes a repository one of the June generation.
const EVIDENCE: &str = "tools/scripts/validate-models.mjs";

/// A repository of the June generation; the empty `.git` keeps the search for a root inside it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    put(folder.path(), EVIDENCE, "");
    for (path, text) in files {
        put(folder.path(), path, text);
    }
    folder
}

/// Runs and gives exit code, standard output and standard error.
fn baton(folder: &Path, arguments: &[&[&str]]) -> (Option<i32>, String, String) {
    let output: Output = command(folder, &arguments.concat()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

fn json(folder: &Path, arguments: &[&[&str]]) -> Value {
    let (_, out, err) = baton(
        folder,
        &[arguments, &[&["--output-format", "json"]]].concat(),
    );
    serde_json::from_str(&out)
        .map_err(|error| format!("{error}: {out}{err}"))
        .unwrap()
}

#[test]
fn what_a_baseline_records_is_set_aside_and_what_is_new_counts() {
    let folder = folder(&[(AGENT, BAD)]);
    let folder = folder.path();
    let (code, out, err) = baton(folder, &[&["baseline", "create"], FRONT_MATTER]);
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(
        out,
        "Recorded 1 finding of 1 rule in 1 file: `baton-baseline.json`.\n"
    );
    assert!(
        err.contains("`baseline = \"baton-baseline.json\"`"),
        "{err}"
    );
    let schema = include_str!("../schemas/baseline.v1.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let written = fs::read_to_string(folder.join(BASELINE)).unwrap();
    let parsed: Value = serde_json::from_str(&written).unwrap();
    assert!(jsonschema::is_valid(&schema, &parsed), "{written}");

    let check: &[&[&str]] = &[&["check"], FRONT_MATTER];
    assert_eq!(baton(folder, check).0, Some(1), "nothing names it yet");
    let with: &[&[&str]] = &[check, &[&["--baseline", BASELINE]]].concat();
    assert_eq!(baton(folder, with).0, Some(0));
    put(folder, "baton.toml", "baseline = 'baton-baseline.json'\n");
    let (code, out, _) = baton(folder, check);
    assert_eq!(code, Some(0));
    assert!(out.contains("(1 suppressed)"), "{out}");

    put(folder, OTHER, BAD);
    let report = json(folder, check);
    assert_eq!(report["findings"][0]["path"], OTHER);
    assert_eq!(report["findings"].as_array().unwrap().len(), 1);
    let suppressed = &report["suppressed"][0];
    assert_eq!(suppressed["path"], AGENT);
    assert_eq!(suppressed["kind"], "baseline");
    assert_eq!(suppressed["by"]["path"], BASELINE);
    assert_eq!(suppressed["by"]["line"], 4);
    let schema = include_str!("../schemas/report.v1.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    assert!(jsonschema::is_valid(&schema, &report), "{report:#}");

    let (_, out, _) = baton(folder, &[check, &[&["--output-format", "sarif"]]].concat());
    let sarif: Value = serde_json::from_str(&out).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let kinds = results.iter().map(|result| &result["suppressions"]);
    let kinds: Vec<&Value> = kinds.map(|suppressions| &suppressions[0]["kind"]).collect();
    assert_eq!(kinds, [&Value::Null, &Value::from("external")]);
    let print = results[1]["partialFingerprints"]["batonFinding/v1"].as_str();
    let recorded = parsed["findings"][0]["fingerprint"].as_str().unwrap();
    assert!(print.unwrap().starts_with(recorded), "{print:?}");
}

#[test]
fn lines_may_move_and_a_surplus_counts() {
    let folder = folder(&[
        (TERRAFORM, ONE_OLD_TLS),
        ("baton.toml", "baseline = 'baton-baseline.json'\n"),
    ]);
    let folder = folder.path();
    let rule: &[&str] = &["--select", "outdated-tls"];
    assert_eq!(baton(folder, &[&["baseline", "create"], rule]).0, Some(0));
    put(
        folder,
        TERRAFORM,
        &format!("# a line before\n\n{ONE_OLD_TLS}"),
    );
    assert_eq!(baton(folder, &[&["check"], rule]).0, Some(0));
    put(folder, TERRAFORM, &[ONE_OLD_TLS, ONE_OLD_TLS].concat());
    let report = json(folder, &[&["check"], rule]);
    assert_eq!(report["findings"].as_array().unwrap().len(), 1);
    assert_eq!(report["findings"][0]["line"], 5);
    assert_eq!(report["summary"]["suppressed"], 1);
}

#[test]
fn stale_entries_are_said_and_pruned_and_nothing_is_added() {
    let folder = folder(&[
        (AGENT, BAD),
        (OTHER, BAD),
        ("baton.toml", "baseline = 'baton-baseline.json'\n"),
    ]);
    let folder = folder.path();
    let read = || fs::read_to_string(folder.join(BASELINE)).unwrap();
    assert_eq!(
        baton(folder, &[&["baseline", "create"], FRONT_MATTER]).0,
        Some(0)
    );
    let (code, out, _) = baton(folder, &[&["baseline", "prune"], FRONT_MATTER]);
    assert_eq!(code, Some(0));
    assert_eq!(
        out,
        "Took 0 findings out of `baton-baseline.json`; 2 left.\n"
    );

    put(folder, AGENT, GOOD);
    put(folder, ".github/agents/new.agent.md", BAD);
    let (code, out, err) = baton(folder, &[&["check"], FRONT_MATTER]);
    assert_eq!(code, Some(1), "the new one counts");
    assert!(out.contains("warning[stale-baseline-entry]"), "{out}");
    assert!(out.contains("baton-baseline.json:5:5"), "{out}");
    assert!(err.contains("stale: 1 entry of"), "{err}");
    let (_, out, _) = baton(folder, &[&["check", OTHER], FRONT_MATTER]);
    assert!(!out.contains("stale"), "other files were not judged: {out}");
    let (_, out, _) = baton(folder, &[&["check", "--select", "outdated-tls"]]);
    assert!(!out.contains("stale"), "the rule did not run: {out}");

    let (_, out, _) = baton(folder, &[&["baseline", "prune"], FRONT_MATTER]);
    assert_eq!(
        out,
        "Took 1 finding out of `baton-baseline.json`; 1 left.\n"
    );
    assert!(!read().contains(AGENT) && !read().contains("new.agent"));
    let before = read();
    let (code, _, err) = baton(folder, &[&["baseline", "create"], FRONT_MATTER]);
    assert_eq!(code, Some(2), "one that exists is not replaced");
    assert!(err.contains("--force"), "{err}");
    assert_eq!(read(), before);
    let create: &[&[&str]] = &[&["baseline", "create", "--force"], FRONT_MATTER];
    assert_eq!(baton(folder, create).0, Some(0));
    let first = read();
    assert_eq!(baton(folder, create).0, Some(0));
    assert_eq!(read(), first, "the same input gives the same file");
}

#[test]
fn a_broken_baseline_is_shown_at_its_place() {
    let folder = folder(&[(AGENT, BAD)]);
    let folder = folder.path();
    let check: &[&[&str]] = &[&["check", "--baseline", BASELINE]];
    let (code, _, err) = baton(folder, check);
    assert_eq!(code, Some(2));
    assert!(err.contains("cannot read the baseline"), "{err}");
    for (text, place, message) in [
        ("{\n  \"version\": 2\n}", ":2:14", "version 1 only"),
        ("{\n  \"version\": 1,\n", ":", "baton-baseline.json"),
        (
            "{\n\"version\": 1,\n\"findings\": [7]}",
            ":3:14",
            "no object",
        ),
    ] {
        put(folder, BASELINE, text);
        let (code, out, err) = baton(folder, check);
        assert_eq!(code, Some(2), "{text}");
        assert_eq!(out, "");
        assert!(err.contains(&format!("{BASELINE}{place}")), "{err}");
        assert!(err.contains(message), "{err}");
    }
    // A baseline elsewhere works too; there is just no place to show in the repository.
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("b.json");
    fs::write(&file, "{ \"version\": 1, \"findings\": [] }").unwrap();
    let file = file.to_str().unwrap();
    let (code, ..) = baton(folder, &[&["check", "--baseline", file], FRONT_MATTER]);
    assert_eq!(code, Some(1));
}

#[test]
fn suppressions_end() {
    let with =
        |until: &str| format!("<!-- baton-ignore-file missing-front-matter{until}: a note -->\n");
    let folder = folder(&[]);
    let slugs = |until: &str| {
        put(folder.path(), AGENT, &with(until));
        let report = json(folder.path(), &[&["check"], FRONT_MATTER]);
        let findings = report["findings"].as_array().unwrap().iter();
        let slugs = findings.map(|finding| finding["rule"].as_str().unwrap().to_owned());
        slugs.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(slugs(""), "");
    assert_eq!(slugs(" until 9999-12-31"), "");
    let ended = slugs(" until 2020-01-31");
    assert_eq!(ended, "missing-front-matter expired-suppression");
    let unclear = slugs(" until 2020-02-31");
    assert_eq!(unclear, "missing-front-matter unreadable-suppression-date");
}

#[test]
fn routes_tell_what_runs_and_why() {
    let folder = folder(&[
        (AGENT, GOOD),
        (
            "baton.toml",
            "exclude = ['samples/**']\n[rules]\nmissing-agent-key = 'info'\n\
             [[overrides]]\npaths = ['.github/**']\nrules = { missing-front-matter = 'off' }\n",
        ),
    ]);
    let folder = folder.path();
    let (code, out, err) = baton(folder, &[&["routes"]]);
    assert_eq!(code, Some(0), "{err}");
    let line = out.lines().find(|line| line.starts_with("@agent "));
    assert!(line.is_some_and(|line| line.contains(".github/agents/*.agent.md")));

    let (code, out, _) = baton(folder, &[&["routes", "--explain", AGENT]]);
    assert_eq!(code, Some(0));
    for wanted in [
        "planner.agent.md: in the repository",
        "@agent because of `.github/agents/*.agent.md`",
        "info    missing-agent-key  for `@agent`; in validate:agents; as `[rules]` of the",
        "missing-front-matter: as the override for `.github/**` says",
    ] {
        assert!(out.contains(wanted), "{wanted} not in\n{out}");
    }
    let told = json(folder, &[&["routes", "--explain", "samples/main.bicep"]]);
    assert_eq!(told["excluded_by"], "samples/**");
    assert_eq!(told["listed"], false);
    let rules = told["rules"].as_array().unwrap();
    assert!(rules.iter().all(|rule| rule["runs"] == false));
    let (code, ..) = baton(folder, &[&["routes", "--explain", "/"]]);
    assert_eq!(code, Some(2));
}

#[test]
fn globs_that_match_nothing_are_found_where_they_stand() {
    let folder = folder(&[
        (AGENT, GOOD),
        (
            "baton.toml",
            "exclude = ['samples/**']\n[[overrides]]\npaths = ['none/**']\n\
             rules = { missing-front-matter = 'off' }\n",
        ),
        (
            "lefthook.yml",
            "pre-commit:\n  jobs:\n    - glob: '*.md,*.tf'\n    - glob: 'none/*'\n",
        ),
        (
            ".pre-commit-config.yaml",
            "repos:\n  - hooks:\n      - id: one\n        files: ^none/\n",
        ),
    ]);
    let folder = folder.path();
    let arguments: &[&str] = &["validate", "hook-globs", "--output-format", "concise"];
    let (code, out, err) = baton(folder, &[arguments]);
    assert_eq!(code, Some(1), "{err}");
    for wanted in [
        ".pre-commit-config.yaml:4:16: warning[dead-hook-pattern]",
        "baton.toml:1:12: info[dead-glob]",
        "baton.toml:3:10: warning[dead-glob]",
        "lefthook.yml:3:13: error[comma-joined-glob]",
        "lefthook.yml:4:13: warning[dead-hook-glob]",
    ] {
        assert!(out.contains(wanted), "{wanted} not in\n{out}");
    }
    assert!(!err.contains("match no file"), "said once: {err}");
    // It looks at which paths there are; a file that is named neither came nor went.
    let (_, out, _) = baton(folder, &[&["check", AGENT, "--output-format", "concise"]]);
    assert!(!out.contains("dead-hook-glob"), "{out}");
    let arguments = ["check", "lefthook.yml", "--output-format", "concise"];
    let (_, out, _) = baton(folder, &[&arguments]);
    assert!(out.contains("warning[dead-hook-glob]"), "{out}");
}

/// A running `baton check --watch`; what it prints goes to files outside the repository.
struct Watching {
    child: Child,
    logs: TempDir,
}

impl Watching {
    fn start(folder: &Path, arguments: &[&str]) -> Watching {
        let logs = tempfile::tempdir().unwrap();
        let log = |name: &str| fs::File::create(logs.path().join(name)).unwrap();
        let mut command = command(folder, &[&["check", "--watch"], arguments].concat());
        command.stdout(log("out")).stderr(log("err"));
        Watching {
            child: command.spawn().unwrap(),
            logs,
        }
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.logs.path().join(name)).unwrap()
    }

    fn count(&self) -> usize {
        self.read("err").matches("watching:").count()
    }

    /// Waits for something to hold; a watch that hangs fails in the end.
    fn until(&self, what: &str, holds: impl Fn(&Watching) -> bool) {
        let deadline = Instant::now() + Duration::from_mins(1);
        while !holds(self) {
            let logs = (self.read("out"), self.read("err"));
            assert!(Instant::now() < deadline, "{what} never came: {logs:?}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Does something and waits for a run that ended afterwards.
    fn after(&self, what: &str, act: impl FnOnce()) {
        let before = self.count();
        act();
        self.until(what, |watching| watching.count() > before);
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn watching_checks_again_after_every_save() {
    let folder = folder(&[(AGENT, GOOD), (".gitignore", "*.log\nout/\n")]);
    let folder = folder.path();
    let mut watching = Watching::start(folder, FRONT_MATTER);
    watching.until("the first run", |watching| watching.count() == 1);
    assert!(!watching.read("out").contains(AGENT));
    put(folder, AGENT, BAD);
    watching.until("a finding", |watching| {
        watching.read("out").contains("error[missing-front-matter]")
    });

    // Folders that appear are watched, and so are files that are made again.
    watching.after("a new folder", || put(folder, "new/folder/a.md", "text"));
    watching.after("a file in it", || put(folder, "new/folder/a.md", "more"));
    watching.after("a removed folder", || {
        fs::remove_dir_all(folder.join("new")).unwrap();
    });
    watching.after("a folder again", || put(folder, "new/folder/a.md", "text"));
    watching.after("a file again", || put(folder, "new/folder/a.md", "more"));

    // A broken configuration is said and mended without a restart.
    put(folder, "baton.toml", "fail_on = 1\n");
    watching.until("a complaint", |watching| {
        watching.read("err").contains("there is no key `fail_on`")
    });
    put(
        folder,
        "baton.toml",
        "[rules]\nmissing-front-matter = 'info'\n",
    );
    watching.until("the new level", |watching| {
        watching.read("out").contains("info[missing-front-matter]")
    });
    assert!(watching.child.try_wait().unwrap().is_none());
}

#[cfg(unix)]
#[test]
fn watching_ends_on_ctrl_c_with_the_code_of_the_last_run() {
    for (text, expected) in [(GOOD, 0), (BAD, 1)] {
        let folder = folder(&[(AGENT, text)]);
        let mut watching = Watching::start(folder.path(), FRONT_MATTER);
        watching.until("the first run", |watching| watching.count() == 1);
        let id = watching.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(sent.success());
        assert_eq!(watching.child.wait().unwrap().code(), Some(expected));
    }
}

#[test]
fn watching_does_not_fix_and_does_not_wake_itself() {
    let folder = folder(&[(AGENT, BAD), (".gitignore", "*.log\nout/\n")]);
    let folder = folder.path();
    for other in [
        &["--fix"][..],
        &["--unsafe-fixes"],
        &["--stdin-filename", "a.md"],
    ] {
        let (code, _, err) = baton(folder, &[&["check", "--watch"], other]);
        assert_eq!(code, Some(2));
        assert!(err.contains("cannot be used with"), "{err}");
    }
    let watching = Watching::start(folder, &["--output-file", "report.txt"]);
    watching.until("the first run", |watching| watching.count() == 1);
    for number in 0..50 {
        put(folder, "noise.log", &number.to_string());
        put(folder, "out/a.md", &number.to_string());
    }
    watching.after("a save", || put(folder, AGENT, GOOD));
    watching.after("another", || put(folder, AGENT, BAD));
    // A save may be seen in two halves; neither the report nor ignored files are seen at all.
    let runs = watching.count();
    assert!(runs <= 6, "{runs} runs for two saves");
}
