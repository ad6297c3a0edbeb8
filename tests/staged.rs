//! `check --staged`, `--changed` and `--since` on real repositories.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]

mod clones;
mod scratch;
mod standing;

use std::fs;

use clones::{AGENT, BAD, Clone, EVIDENCE, GOOD};
use scratch::{baton, code, err, out, with_stdin};

const TERRAFORM: &str = "infra/terraform/shop/main.tf";
const OLD_TLS: &str =
    "resource \"azurerm_storage_account\" \"shop\" {\n  min_tls_version = \"TLS1_0\"\n}\n";
const FIX_TLS: &[&str] = &[
    "check",
    "--staged",
    "--fix",
    "--unsafe-fixes",
    "--select",
    "outdated-tls",
];
const STAGED: &[&str] = &[
    "check",
    "--staged",
    "--select",
    "missing-front-matter",
    "--output-format",
    "concise",
];

fn found(clone: &Clone, arguments: &[&str]) -> Vec<String> {
    let output = clone.baton(arguments);
    assert!(code(&output) != Some(2), "{}", err(&output));
    let text = out(&output);
    let paths = text.lines().filter_map(|line| line.split_once(':'));
    paths.map(|(path, _)| path.to_owned()).collect()
}

#[test]
fn the_index_counts_and_not_the_work_tree() {
    let clone = Clone::new();
    clone.put(AGENT, BAD);
    assert!(found(&clone, STAGED).is_empty(), "not staged");
    clone.git(&["add", "-A"]);
    clone.put(AGENT, GOOD);
    assert_eq!(
        found(&clone, STAGED),
        [AGENT],
        "staged, and mended only in the work tree"
    );
    clone.git(&["commit", "-qm", "bad"]);
    assert!(found(&clone, STAGED).is_empty(), "nothing is staged");
    assert!(err(&clone.baton(STAGED)).contains("nothing is staged"));
}

#[test]
fn before_the_first_commit_everything_staged_counts() {
    let clone = Clone::empty(&[]);
    clone.put(EVIDENCE, "");
    clone.put(AGENT, BAD);
    clone.git(&["add", "-A"]);
    assert_eq!(found(&clone, STAGED), [AGENT]);
}

#[test]
fn a_commit_is_stopped_by_the_hook() {
    let clone = Clone::new();
    clone.hook("pre-commit", "check --staged");
    clone.put(AGENT, BAD);
    let output = clone.try_git(&["commit", "-a", "-m", "bad"]);
    assert!(!output.status.success());
    assert!(
        err(&output).contains("missing-front-matter")
            || out(&output).contains("missing-front-matter")
    );
    // Only the good file goes into this commit; git hands the hook an index of its own.
    clone.put("notes.md", "# Notes\n");
    clone.git(&["add", "notes.md"]);
    let output = clone.try_git(&["commit", "-m", "good", "--", "notes.md"]);
    assert!(output.status.success(), "{}", err(&output));
}

#[test]
fn deletions_and_renames_reach_the_rules_that_read_them() {
    let clone = Clone::new();
    let state = "agent-output/shop/00-session-state.json";
    clone.put(
        ".github/agents/caller.agent.md",
        "---\nname: Caller\ndescription: Calls\nuser-invocable: true\ntools: [agent]\nagents: [Planner]\n---\n\n# Caller\n",
    );
    clone.put(state, "{}\n");
    clone.commit("caller");
    let select = [
        "check",
        "--staged",
        "--select",
        "unknown-subagent",
        "--output-format",
        "concise",
    ];
    clone.git(&["rm", "-q", AGENT]);
    assert_eq!(found(&clone, &select), [".github/agents/caller.agent.md"]);
    clone.git(&["reset", "-q", "--hard"]);
    clone.git(&["mv", AGENT, "docs.md"]);
    assert_eq!(found(&clone, &select), [".github/agents/caller.agent.md"]);
}

#[test]
fn fixes_go_to_the_index_and_the_work_tree() {
    let clone = Clone::new();
    clone.put(TERRAFORM, OLD_TLS);
    clone.git(&["add", "-A"]);
    let output = clone.baton(FIX_TLS);
    assert_eq!(code(&output), Some(0), "{}{}", out(&output), err(&output));
    let mended = OLD_TLS.replace("TLS1_0", "TLS1_2");
    assert_eq!(
        fs::read_to_string(clone.at().join(TERRAFORM)).unwrap(),
        mended
    );
    assert_eq!(
        clone.git(&["show", &format!(":{TERRAFORM}")]),
        mended.trim()
    );
    assert!(clone.git(&["diff", "--name-only"]).is_empty());
}

#[test]
fn line_ends_of_windows_are_no_difference() {
    let clone = Clone::new();
    clone.git(&["config", "core.autocrlf", "true"]);
    let on_disk = OLD_TLS.replace('\n', "\r\n");
    clone.put(".gitattributes", "*.tf text eol=crlf\n");
    clone.put(TERRAFORM, &on_disk);
    clone.git(&["add", "-A"]);
    let output = clone.baton(FIX_TLS);
    assert_eq!(code(&output), Some(0), "{}{}", out(&output), err(&output));
    let mended = on_disk.replace("TLS1_0", "TLS1_2");
    assert_eq!(
        fs::read_to_string(clone.at().join(TERRAFORM)).unwrap(),
        mended
    );
    assert!(clone.git(&["diff", "--name-only"]).is_empty());
}

#[test]
fn partially_staged_files_are_left_untouched() {
    let clone = Clone::new();
    clone.put(TERRAFORM, OLD_TLS);
    clone.git(&["add", "-A"]);
    let written = format!("{OLD_TLS}# more\n");
    clone.put(TERRAFORM, &written);
    let output = clone.baton(&[FIX_TLS, &["--fail-on", "error"]].concat());
    assert_eq!(code(&output), Some(1), "{}", err(&output));
    assert!(
        err(&output).contains("changes that are not staged"),
        "{}",
        err(&output)
    );
    assert_eq!(
        fs::read_to_string(clone.at().join(TERRAFORM)).unwrap(),
        written
    );
    assert_eq!(
        clone.git(&["show", &format!(":{TERRAFORM}")]),
        OLD_TLS.trim()
    );
}

#[test]
fn the_staged_configuration_counts_and_widens() {
    let clone = Clone::new();
    clone.put(".github/agents/old.agent.md", BAD);
    clone.commit("an old fault");
    clone.put("baton.toml", "[rules]\nmissing-front-matter = 'warning'\n");
    clone.git(&["add", "-A"]);
    clone.put("baton.toml", "this is no TOML");
    let output = clone.baton(STAGED);
    assert_eq!(code(&output), Some(0), "{}", err(&output));
    assert!(out(&output).contains("old.agent.md"));
    assert!(
        err(&output).contains("`baton.toml` changed"),
        "{}",
        err(&output)
    );
}

#[test]
fn changed_means_staged_unstaged_and_untracked() {
    let clone = Clone::new();
    let changed = |reference: &str| {
        let arguments = [
            "check",
            reference,
            "--select",
            "missing-front-matter",
            "--output-format",
            "concise",
        ];
        found(&clone, &arguments)
    };
    let staged = ".github/agents/a-staged.agent.md";
    clone.put(staged, BAD);
    clone.git(&["add", "-A"]);
    clone.put(AGENT, BAD);
    let untracked = ".github/agents/untracked.agent.md";
    clone.put(untracked, BAD);
    assert_eq!(changed("--changed"), [staged, AGENT, untracked]);
    clone.commit("all");
    assert!(changed("--changed").is_empty());
    assert_eq!(changed("--changed=HEAD~1"), [staged, AGENT, untracked]);
}

#[test]
fn since_means_since_the_parting() {
    let clone = Clone::new();
    clone.git(&["checkout", "-q", "-b", "work"]);
    let mine = ".github/agents/mine.agent.md";
    clone.put(mine, BAD);
    clone.commit("mine");
    clone.git(&["checkout", "-q", "main"]);
    clone.put(".github/agents/theirs.agent.md", BAD);
    clone.commit("theirs");
    clone.git(&["checkout", "-q", "work"]);
    let since = [
        "check",
        "--since",
        "main",
        "--select",
        "missing-front-matter",
        "--output-format",
        "concise",
    ];
    assert_eq!(found(&clone, &since), [mine]);
    let output = clone.baton(&["check", "--since", "no-such"]);
    assert_eq!(code(&output), Some(2));
    assert!(err(&output).contains("`no-such`"));
    clone.git(&["checkout", "-q", "--orphan", "other"]);
    clone.commit("unrelated");
    let output = clone.baton(&["check", "--since", "main"]);
    assert_eq!(code(&output), Some(2));
    assert!(
        err(&output).contains("no commit in common"),
        "{}",
        err(&output)
    );
}

#[test]
fn ranges_need_git_and_stand_alone() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["check", "--staged"][..], &["check", "--changed"]] {
        let output = baton(folder.path(), arguments);
        assert_eq!(code(&output), Some(2), "{}", err(&output));
    }
    let output = with_stdin(folder.path(), &["check", "--staged", "--changed"], "");
    assert_eq!(code(&output), Some(2));
    let output = baton(folder.path(), &["check", "--staged", "a.md"]);
    assert_eq!(code(&output), Some(2));
}
