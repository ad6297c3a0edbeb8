//! The binary from the outside: exit codes, good and bad input, every command.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]

mod scratch;

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use scratch::{baton, code, command, err, out, put, with_stdin};

const AGENT: &str = ".github/agents/planner.agent.md";
const GOOD: &str = "---\nname: Planner\ndescription: Plans the work\nuser-invocable: true\ntools: [read]\n---\n\n# Planner\n";
const BAD: &str = "# Planner\n";
const TERRAFORM: &str = "infra/terraform/shop/main.tf";
const OLD_TLS: &str =
    "resource \"azurerm_storage_account\" \"shop\" {\n  min_tls_version = \"TLS1_0\"\n}\n";
const ONLY_FRONT_MATTER: &[&str] = &["check", "--select", "missing-front-matter"];

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

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn clean_findings_and_failure_have_their_exit_codes() {
    let clean = folder(&[(AGENT, GOOD)]);
    assert_eq!(code(&baton(clean.path(), ONLY_FRONT_MATTER)), Some(0));

    let broken = folder(&[(AGENT, BAD)]);
    let output = baton(broken.path(), ONLY_FRONT_MATTER);
    assert_eq!(code(&output), Some(1));
    assert!(
        out(&output).contains("error[missing-front-matter]:"),
        "{}",
        out(&output)
    );
    assert!(out(&output).contains(AGENT));

    let output = baton(broken.path(), &["check", "--exit-zero"]);
    assert_eq!(code(&output), Some(0));
    let output = baton(broken.path(), &["check", "none.md", "--exit-zero"]);
    assert_eq!(code(&output), Some(2), "only findings are forgiven");
}

#[test]
fn fail_on_and_levels_decide_what_fails() {
    let folder = folder(&[
        (AGENT, BAD),
        ("baton.toml", "[rules]\nmissing-front-matter = 'warning'\n"),
    ]);
    let fails = |extra: &[&str]| code(&baton(folder.path(), &[ONLY_FRONT_MATTER, extra].concat()));
    assert_eq!(fails(&[]), Some(0));
    assert_eq!(fails(&["--fail-on", "warning"]), Some(1));
    assert_eq!(fails(&["--fail-on", "info"]), Some(1));
    put(
        folder.path(),
        "baton.toml",
        "fail-on = 'warning'\n[rules]\nmissing-front-matter = 'warning'\n",
    );
    assert_eq!(fails(&[]), Some(1));
    assert_eq!(fails(&["--fail-on", "error"]), Some(0));
}

#[test]
fn usage_errors_suggest_what_was_meant() {
    let folder = folder(&[(AGENT, GOOD)]);
    let said = |arguments: &[&str], hint: &str| {
        let output = baton(folder.path(), arguments);
        assert_eq!(code(&output), Some(2), "{arguments:?}");
        assert!(
            err(&output).contains(hint),
            "{arguments:?}: {}",
            err(&output)
        );
        assert!(
            out(&output).is_empty(),
            "errors do not go to standard output"
        );
    };
    said(
        &["check", "--select", "missing-front-mater"],
        "did you mean `missing-front-matter`?",
    );
    said(
        &["check", "--ignore", "validate:agent"],
        "did you mean `validate:agents`?",
    );
    said(&["validate", "artefacts"], "did you mean `artifacts`?");
    said(&["lint", "h2-synk"], "did you mean `h2-sync`?");
    said(
        &["rule", "missing-front-mater"],
        "did you mean `missing-front-matter`?",
    );
    said(&["check", "--selekt", "x"], "--select");
    said(&["chekc"], "check");
    said(&["check", "none.md"], "cannot find `none.md`");
    said(&["check", "/"], "outside the root");
    said(
        &["check", "--config", "none.toml"],
        "cannot read `none.toml`",
    );
    said(
        &["check", "--output-file", "none/report"],
        "cannot write `none/report`",
    );
    said(&["check", "--jobs", "0"], "--jobs");
}

#[test]
fn a_broken_configuration_is_shown_at_its_place() {
    let folder = folder(&[
        (AGENT, GOOD),
        ("baton.toml", "[rules]\nmissing-front-mater = 'off'\n"),
    ]);
    let output = baton(folder.path(), &["check"]);
    assert_eq!(code(&output), Some(2));
    assert!(err(&output).contains("baton.toml:2:1"), "{}", err(&output));
    assert!(err(&output).contains("Did you mean `missing-front-matter`?"));
}

#[test]
fn the_configuration_is_found_upwards_and_moves_the_root() {
    let folder = folder(&[
        (
            "inner/baton.toml",
            "[rules]\nmissing-front-matter = 'off'\n",
        ),
        (&format!("inner/{AGENT}"), BAD),
        (&format!("inner/{EVIDENCE}"), ""),
    ]);
    let inside = folder.path().join("inner/.github/agents");
    let shown = json(&baton(
        &inside,
        &["config", "show", "--output-format", "json"],
    ));
    assert!(shown["root"].as_str().unwrap().ends_with("inner"));
    assert_eq!(shown["rules"]["missing-front-matter"], "off");
    assert!(!out(&baton(&inside, &["check"])).contains("missing-front-matter"));
    let output = baton(&inside, ONLY_FRONT_MATTER);
    assert_eq!(
        code(&output),
        Some(1),
        "a rule that is named runs although it is off"
    );
}

#[test]
fn overrides_hold_for_their_paths_and_say_so_when_there_are_none() {
    let folder = folder(&[
        (AGENT, BAD),
        (
            "baton.toml",
            "[[overrides]]\npaths = ['.github/**']\nrules = { missing-front-matter = 'info' }\n\
             [[overrides]]\npaths = ['none/**']\nrules = { missing-front-matter = 'off' }\n",
        ),
    ]);
    let output = baton(folder.path(), ONLY_FRONT_MATTER);
    assert_eq!(code(&output), Some(0));
    assert!(out(&output).contains("info[missing-front-matter]"));
    assert!(
        err(&output).contains("baton.toml:5: the paths of this override match no file"),
        "{}",
        err(&output)
    );
}

#[test]
fn nothing_to_look_at_is_said_aloud() {
    let empty = tempfile::tempdir().unwrap();
    let output = baton(empty.path(), &["check"]);
    assert_eq!(code(&output), Some(0));
    assert!(
        err(&output).contains("nothing evaluated"),
        "{}",
        err(&output)
    );
    let report = json(&baton(empty.path(), &["check", "--output-format", "json"]));
    assert!(!report["not_evaluated"].as_array().unwrap().is_empty());

    let folder = folder(&[(AGENT, GOOD), ("notes/a.png", "text")]);
    let output = baton(folder.path(), &["check", "notes"]);
    assert_eq!(code(&output), Some(0));
    assert!(
        err(&output).contains("nothing evaluated: `notes`"),
        "{}",
        err(&output)
    );
}

#[test]
fn paths_narrow_the_scope() {
    let other = ".github/agents/other.agent.md";
    let folder = folder(&[
        (AGENT, BAD),
        (other, BAD),
        (".gitignore", "other.agent.md\n"),
    ]);
    let found = |paths: &[&str]| {
        let output = baton(
            folder.path(),
            &[ONLY_FRONT_MATTER, &["--output-format", "json"], paths].concat(),
        );
        let report = json(&output);
        let findings = report["findings"].as_array().unwrap();
        findings
            .iter()
            .map(|one| one["path"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found(&[]), [AGENT]);
    assert_eq!(found(&["."]), [AGENT]);
    assert_eq!(found(&[".github"]), [AGENT]);
    assert_eq!(
        found(&["./.github/../.github/agents/planner.agent.md"]),
        [AGENT]
    );
    assert_eq!(
        found(&[other]),
        [other],
        "a file that is named is judged although git ignores it"
    );
}

#[cfg(unix)]
#[test]
fn unreadable_files_are_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(&[(AGENT, GOOD)]);
    let path = folder.path().join(AGENT);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        // The superuser may read everything; nothing is unreadable then.
        return;
    }
    for arguments in [&["check"][..], &["check", AGENT]] {
        let output = baton(folder.path(), arguments);
        assert_eq!(code(&output), Some(2));
        assert!(
            err(&output).contains("planner.agent.md"),
            "{}",
            err(&output)
        );
    }
}

#[test]
fn bad_content_is_a_finding_or_ignored_but_never_a_crash() {
    let folder = folder(&[
        (AGENT, "---\nname: [\n---\n\0\u{1b}[31m"),
        (TERRAFORM, "resource \"x\" {{{\n"),
        ("infra/bicep/a/main.bicep", "resource ???"),
        ("agent-output/shop/00-session-state.json", "{\"a\": "),
        (
            ".github/skills/workflow-engine/templates/workflow-graph.json",
            "",
        ),
    ]);
    fs::write(
        folder.path().join(".github/agents/b.agent.md"),
        b"\xff\xfe\0",
    )
    .unwrap();
    for format in ["full", "concise", "json"] {
        let output = baton(folder.path(), &["check", "--output-format", format]);
        assert_eq!(code(&output), Some(1), "{}", err(&output));
        assert!(
            !out(&output).contains('\u{1b}'),
            "nothing steers the terminal"
        );
    }
}

#[test]
fn standard_input_takes_the_place_of_a_file() {
    let folder = folder(&[(AGENT, GOOD)]);
    let arguments = [ONLY_FRONT_MATTER, &["--stdin-filename", AGENT]].concat();
    let output = with_stdin(folder.path(), &arguments, BAD);
    assert_eq!(code(&output), Some(1), "{}", err(&output));
    let new = [
        ONLY_FRONT_MATTER,
        &["--stdin-filename", ".github/agents/new.agent.md"],
    ]
    .concat();
    let output = with_stdin(folder.path(), &new, BAD);
    assert!(out(&output).contains("new.agent.md"));

    let fix = [
        "check",
        "--select",
        "outdated-tls",
        "--stdin-filename",
        TERRAFORM,
        "--fix",
        "--unsafe-fixes",
    ];
    let output = with_stdin(folder.path(), &fix, OLD_TLS);
    assert_eq!(
        out(&output),
        OLD_TLS.replace("TLS1_0", "TLS1_2"),
        "{}",
        err(&output)
    );
    assert!(!folder.path().join(TERRAFORM).exists());
}

#[test]
fn fixes_are_shown_or_written() {
    let folder = folder(&[(TERRAFORM, OLD_TLS)]);
    let read = || fs::read_to_string(folder.path().join(TERRAFORM)).unwrap();
    let select = ["--select", "outdated-tls", "--unsafe-fixes"];

    let output = baton(folder.path(), &[&["check", "--diff"], &select[..]].concat());
    assert_eq!(code(&output), Some(1));
    assert!(
        out(&output)
            .contains("--- a/infra/terraform/shop/main.tf\n+++ b/infra/terraform/shop/main.tf\n")
    );
    assert!(
        out(&output).contains("-  min_tls_version = \"TLS1_0\"\n+  min_tls_version = \"TLS1_2\"\n")
    );
    assert_eq!(read(), OLD_TLS, "a diff writes nothing");

    let output = baton(
        folder.path(),
        &["check", "--fix", "--select", "outdated-tls"],
    );
    assert_eq!(code(&output), Some(1));
    assert_eq!(read(), OLD_TLS, "unsafe fixes are not applied unasked");

    let output = baton(folder.path(), &["fix", "outdated-tls", "--unsafe-fixes"]);
    assert_eq!(code(&output), Some(0), "{}", err(&output));
    assert!(err(&output).contains("fixed: infra/terraform/shop/main.tf: outdated-tls"));
    assert_eq!(read(), OLD_TLS.replace("TLS1_0", "TLS1_2"));
    let output = baton(folder.path(), &[&["check", "--diff"], &select[..]].concat());
    assert_eq!((code(&output), out(&output)), (Some(0), String::new()));
}

#[test]
fn every_format_can_be_read() {
    let folder = folder(&[(AGENT, BAD), (TERRAFORM, OLD_TLS)]);
    let run = |format| baton(folder.path(), &["check", "--output-format", format]);
    let schema = include_str!("../schemas/report.v1.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let report = json(&run("json"));
    jsonschema::validator_for(&schema)
        .unwrap()
        .validate(&report)
        .unwrap();
    assert!(report["findings"].as_array().unwrap().len() >= 2);
    for line in out(&run("jsonl")).lines() {
        serde_json::from_str::<Value>(line).unwrap();
    }
    assert_eq!(json(&run("sarif"))["version"], "2.1.0");
    assert!(out(&run("github")).starts_with("::error file="));
    assert!(out(&run("junit")).ends_with("</testsuites>\n"));
    assert!(out(&run("markdown")).contains("| Severity | Rule | Place | Message |"));
    assert!(out(&run("concise")).contains(&format!("{AGENT}: error[missing-front-matter] ")));
    let elsewhere = tempfile::tempdir().unwrap();
    for format in [
        "full", "concise", "json", "jsonl", "sarif", "github", "junit", "markdown",
    ] {
        let file = elsewhere.path().join("report");
        let output = baton(
            folder.path(),
            &[
                "check",
                "--output-format",
                format,
                "--output-file",
                file.to_str().unwrap(),
            ],
        );
        assert!(out(&output).is_empty());
        assert_eq!(fs::read(&file).unwrap(), run(format).stdout, "{format}");
        fs::remove_file(file).unwrap();
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let files: Vec<(String, &str)> = (0..40)
        .map(|n| (format!(".github/agents/a{n}.agent.md"), BAD))
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), *text))
        .collect();
    let folder = folder(&files);
    let run = |jobs| {
        baton(
            folder.path(),
            &["check", "--output-format", "json", "--jobs", jobs],
        )
        .stdout
    };
    assert_eq!(run("1"), run("4"));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let files: Vec<(String, &str)> = (0..300)
        .map(|n| (format!(".github/agents/a{n}.agent.md"), BAD))
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), *text))
        .collect();
    let folder = folder(&files);
    let mut command = command(folder.path(), &["check"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut start = [0; 10];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut start).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), Some(1));
    assert!(!err(&output).contains("pipe"), "{}", err(&output));
}

#[test]
fn names_of_checks_select_them() {
    let folder = folder(&[(AGENT, BAD), (TERRAFORM, OLD_TLS)]);
    let checks = |arguments: &[&str]| {
        let output = baton(
            folder.path(),
            &[arguments, &["--output-format", "json"]].concat(),
        );
        let report = json(&output);
        let counts = report["per_check"].as_array().unwrap();
        counts
            .iter()
            .map(|count| count["check"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(checks(&["validate", "agents"]), ["validate:agents"]);
    assert_eq!(checks(&["lint", "agent-frontmatter"]), ["validate:agents"]);
    assert!(checks(&["validate", "all", "--skip-external"]).len() > 1);
    assert_eq!(
        checks(&["validate", "all", "--skip-external"]),
        checks(&["check"])
    );
}

#[test]
fn rules_and_checks_are_listed_and_shown() {
    let folder = folder(&[]);
    let rules = json(&baton(folder.path(), &["rules", "--output-format", "json"]));
    let slugs: Vec<&str> = rules
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["slug"].as_str().unwrap())
        .collect();
    assert!(slugs.contains(&"missing-front-matter"));
    assert!(out(&baton(folder.path(), &["rules"])).contains("missing-front-matter"));
    assert!(out(&baton(folder.path(), &["checks"])).contains("validate:artifacts"));
    for name in ["missing-front-matter", "agent-frontmatter-missing"] {
        let shown = out(&baton(folder.path(), &["rule", name]));
        assert!(shown.starts_with("missing-front-matter"), "{shown}");
        assert!(shown.contains("Why"), "{shown}");
    }
}

#[test]
fn the_configuration_is_shown_and_has_a_schema() {
    let folder = folder(&[(AGENT, GOOD)]);
    let shown = out(&baton(folder.path(), &["config", "show"]));
    for word in [
        "root",
        "pack",
        "generation",
        ".github/agents/*.agent.md",
        "fail-on",
    ] {
        assert!(shown.contains(word), "{word} in {shown}");
    }
    let schema = json(&baton(folder.path(), &["config", "schema"]));
    assert!(
        schema
            .pointer("/properties/rules/properties/missing-front-matter")
            .is_some()
    );
}

#[test]
fn help_completions_and_manual_pages_are_made() {
    let folder = folder(&[]);
    for arguments in [&["--help"][..], &["check", "--help"], &["validate", "-h"]] {
        let output = baton(folder.path(), arguments);
        assert_eq!(code(&output), Some(0));
        assert!(out(&output).contains("Example"), "{}", out(&output));
    }
    let version = out(&baton(folder.path(), &["--version"]));
    assert_eq!(version, format!("baton {}\n", env!("CARGO_PKG_VERSION")));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(out(&baton(folder.path(), &["completions", shell])).contains("baton"));
    }
    assert!(out(&baton(folder.path(), &["man"])).contains(".TH baton 1"));
    baton(folder.path(), &["man", "--output-dir", "pages"]);
    assert!(folder.path().join("pages/baton-check.1").exists());
}

#[test]
fn colour_is_used_when_wanted() {
    let folder = folder(&[(AGENT, BAD)]);
    let colored = |set: &mut dyn FnMut(&mut Command), arguments: &[&str]| {
        let mut command = command(folder.path(), &[&["check"], arguments].concat());
        set(&mut command);
        out(&command.output().unwrap()).contains('\u{1b}')
    };
    assert!(!colored(&mut |_| {}, &[]));
    assert!(colored(&mut |_| {}, &["--color", "always"]));
    assert!(colored(
        &mut |command| {
            command.env("CLICOLOR_FORCE", "1");
        },
        &[]
    ));
    let force_and_forbid = &mut |command: &mut Command| {
        command.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    };
    assert!(!colored(force_and_forbid, &[]));
    let mut forbid = |command: &mut Command| {
        command.env("NO_COLOR", "1");
    };
    assert!(
        colored(&mut forbid, &["--color", "always"]),
        "the command line wins"
    );
}

#[test]
fn the_order_of_headings_is_judged_for_one_artifact() {
    let artifact = "agent-output/shop/01-requirements.md";
    let folder = folder(&[
        (artifact, "# Requirements\n\n## Notes\n"),
        ("agent-output/shop/notes.md", "# Notes\n"),
        ("agent-output/shop/my-01-requirements.md", "# Mine\n"),
    ]);
    let judged = |path: &str| {
        baton(
            folder.path(),
            &["check", path, "--select", "check:h2-order"],
        )
    };

    let output = judged(artifact);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("interrupted-h2-list"));

    for other in ["notes.md", "my-01-requirements.md"] {
        let output = judged(&format!("agent-output/shop/{other}"));
        assert_eq!(output.status.code(), Some(0));
        let said = err(&output);
        assert!(
            said.contains("nothing evaluated: `agent-output/shop/"),
            "{said}"
        );
        assert!(said.contains("`02-architecture-assessment.md`"), "{said}");
    }

    let output = judged("agent-output/shop/04-implementation-plan.md");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn options_without_effect_are_not_silent() {
    let folder = folder(&[(AGENT, GOOD)]);
    let output = baton(folder.path(), &["check", "--unsafe-fixes"]);
    assert!(err(&output).contains("`--unsafe-fixes` does nothing without `--fix`"));

    let output = baton(folder.path(), &["check", "--ignore", "all"]);
    assert!(err(&output).contains("nothing evaluated: no rule is selected"));

    let both = ["check", "--statistics", "--output-format", "json"];
    let output = baton(folder.path(), &both);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}

#[test]
fn configured_options_are_shown_as_they_are_written() {
    let config = "[options.artifacts.types.\"x.md\"]\nheadings = [\"One\"]\n";
    let folder = folder(&[("baton.toml", config)]);
    let output = baton(folder.path(), &["config", "show"]);
    let line = "  options.artifacts.types.\"x.md\".headings = [\"One\"]\n";
    assert!(out(&output).contains(line), "{}", out(&output));
}

#[test]
fn a_check_is_no_rule() {
    let folder = folder(&[]);
    let output = baton(folder.path(), &["rule", "validate:session-lock"]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    assert!(said.contains("is a check, and its rules are `"), "{said}");
}

#[test]
fn the_picture_in_the_readme_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let (_, picture) = readme.split_once("$ baton ").unwrap();
    let (picture, _) = picture.split_once("```").unwrap();
    let (arguments, expected) = picture.split_once('\n').unwrap();
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let output = baton(&root.join("fixtures/repos/june-broken"), &arguments);
    assert_eq!(out(&output), expected);
}

#[test]
fn bicep_is_formatted_as_the_nearest_configuration_says() {
    const CONFIG: &str = "{\n  // Tabs.\n  \"formatting\": {\"indentKind\": \"Tab\"}\n}\n";
    let rough = "var o = {\na:1}\n";
    let files = [
        ("infra/bicepconfig.json", CONFIG),
        ("infra/main.bicep", rough),
        ("main.bicepparam", rough),
        ("broken.bicep", "var = \nvar  b = 1\n"),
    ];
    let place = folder(&files);
    let read = |path: &str| fs::read_to_string(place.path().join(path)).unwrap();
    let checked = baton(
        place.path(),
        &["fmt", "--check", "infra", "main.bicepparam"],
    );
    assert_eq!(code(&checked), Some(1), "{}", err(&checked));
    assert_eq!(out(&checked), "infra/main.bicep\nmain.bicepparam\n");
    assert_eq!(read("infra/main.bicep"), rough);
    let written = baton(place.path(), &["fmt"]);
    assert_eq!(code(&written), Some(2), "{}", err(&written));
    assert!(err(&written).contains("expected a variable name"));
    assert_eq!(read("infra/main.bicep"), "var o = {\n\ta: 1\n}\n");
    assert_eq!(read("main.bicepparam"), "var o = {\n  a: 1\n}\n");
    assert_eq!(read("broken.bicep"), "var =\nvar b = 1\n");
    let arguments = ["fmt", "-", "--stdin-filename", "infra/new.bicep"];
    let output = with_stdin(place.path(), &arguments, rough);
    assert_eq!(out(&output), "var o = {\n\ta: 1\n}\n", "{}", err(&output));
}
