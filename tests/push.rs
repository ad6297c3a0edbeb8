//! Real pushes to real remotes, stopped or let through by a hook that calls the binary.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]

mod clones;
mod scratch;

use std::fs;
use std::path::Path;
use std::process::Command;

use clones::{AGENT, BAD, Clone, EVIDENCE, GOOD, isolated};
use scratch::{baton, code, err, out, put, with_stdin};

const HOOK: &str = "push-check \"$@\" --concise --select missing-front-matter";
const OTHER: &str = ".github/agents/other.agent.md";
const THIRD: &str = ".github/agents/third.agent.md";

/// A clone with the hook installed.
fn hooked() -> Clone {
    let clone = Clone::new();
    clone.hook("pre-push", HOOK);
    clone
}

/// What a push says; whether it went through must be as expected.
fn push(clone: &Clone, arguments: &[&str], passes: bool) -> String {
    let output = clone.try_git(&[&["push"], arguments].concat());
    let said = format!("{}{}", out(&output), err(&output));
    assert_eq!(
        output.status.success(),
        passes,
        "push {arguments:?}: {said}"
    );
    said
}

fn passes(clone: &Clone, arguments: &[&str]) -> String {
    push(clone, arguments, true)
}

fn stopped(clone: &Clone, arguments: &[&str], by: &str) -> String {
    let said = push(clone, arguments, false);
    assert!(said.contains(by), "push {arguments:?}: {said}");
    said
}

fn branch(clone: &Clone, name: &str) {
    clone.git(&["checkout", "-q", "-b", name]);
}

#[test]
fn good_pushes_pass_and_bad_ones_are_stopped() {
    let clone = hooked();
    clone.put(OTHER, GOOD);
    clone.commit("good");
    let said = passes(&clone, &["origin", "main"]);
    assert!(
        said.contains("Checked: 1 agent · 1 rule · 0 errors · "),
        "{said}"
    );
    clone.put(OTHER, BAD);
    clone.commit("bad");
    let said = stopped(&clone, &["origin", "main"], OTHER);
    assert!(said.contains("· 1 error ·"), "{said}");
    assert!(
        said.contains("missing-front-matter"),
        "findings are shown: {said}"
    );
    passes(&clone, &["--no-verify", "origin", "main"]);
}

#[test]
fn deleting_a_branch_checks_nothing() {
    let clone = hooked();
    branch(&clone, "old");
    passes(&clone, &["origin", "old"]);
    clone.put(AGENT, BAD);
    clone.commit("bad, and not pushed");
    let said = passes(&clone, &["origin", "--delete", "old"]);
    assert!(said.contains("nothing was checked"), "{said}");
}

#[test]
fn a_new_branch_is_checked_from_where_it_left() {
    let clone = hooked();
    clone.put(OTHER, BAD);
    clone.commit("an old fault");
    passes(&clone, &["--no-verify", "origin", "main"]);
    branch(&clone, "new");
    clone.put(AGENT, &format!("{GOOD}\nMore\n"));
    clone.commit("good");
    let said = passes(&clone, &["origin", "new"]);
    assert!(said.contains("1 agent"), "{said}");
    clone.put(THIRD, BAD);
    clone.commit("bad");
    clone.put("notes.md", "# Notes\n");
    clone.commit("good again");
    branch(&clone, "newer");
    stopped(&clone, &["origin", "newer"], THIRD);
}

#[test]
fn an_existing_branch_is_checked_whole_or_by_push() {
    let clone = hooked();
    branch(&clone, "work");
    clone.put(OTHER, BAD);
    clone.commit("bad");
    passes(&clone, &["--no-verify", "origin", "work"]);
    clone.put("notes.md", "# Notes\n");
    clone.commit("good");
    stopped(&clone, &["origin", "work"], OTHER);
    clone.hook("pre-push", &format!("{HOOK} --scope push"));
    passes(&clone, &["origin", "work"]);
}

#[test]
fn forced_pushes_fall_back_to_the_default_branch() {
    let clone = hooked();
    branch(&clone, "work");
    clone.put("notes.md", "# Notes\n");
    clone.commit("first try");
    passes(&clone, &["origin", "work"]);
    clone.put(OTHER, BAD);
    clone.git(&["add", "-A"]);
    clone.git(&["commit", "-q", "--amend", "-m", "second try"]);
    let said = stopped(&clone, &["--force", "origin", "work"], OTHER);
    assert!(said.contains("history is replaced"), "{said}");

    // Somebody else pushed meanwhile: the remote's commit is not here.
    let elsewhere = clone.bare().parent().unwrap().join("elsewhere");
    let bare = clone.bare().display().to_string();
    clone.git(&[
        "clone",
        "-q",
        "-b",
        "work",
        &bare,
        &elsewhere.display().to_string(),
    ]);
    put(&elsewhere, "theirs.md", "# Theirs\n");
    for arguments in [
        &["add", "-A"][..],
        &["commit", "-qm", "theirs"],
        &["push", "-q"],
    ] {
        let mut git = isolated(Command::new("git"));
        assert!(
            git.args(arguments)
                .current_dir(&elsewhere)
                .status()
                .unwrap()
                .success()
        );
    }
    let said = stopped(&clone, &["--force", "origin", "work"], OTHER);
    assert!(said.contains("not known here"), "{said}");
}

#[test]
fn what_is_pushed_counts_and_not_what_is_checked_out() {
    let clone = hooked();
    branch(&clone, "bad");
    clone.put(OTHER, BAD);
    clone.commit("bad");
    clone.git(&["checkout", "-q", "-b", "good", "main"]);
    clone.put(THIRD, GOOD);
    clone.commit("good");
    stopped(&clone, &["origin", "bad"], OTHER);
    clone.git(&["checkout", "-q", "bad"]);
    passes(&clone, &["origin", "good"]);
    passes(&clone, &["origin", "good:refs/heads/another-name"]);
}

#[test]
fn several_refs_are_each_read_at_their_own_commit() {
    let clone = hooked();
    for (name, path) in [("one", OTHER), ("two", THIRD)] {
        clone.git(&["checkout", "-q", "-b", name, "main"]);
        clone.put(path, BAD);
        clone.commit("bad");
    }
    clone.git(&["checkout", "-q", "main"]);
    let said = stopped(&clone, &["--all", "origin"], OTHER);
    assert!(said.contains(THIRD), "{said}");
    assert!(
        said.contains("Checked `one`: ") && said.contains("Checked `two`: "),
        "{said}"
    );
}

#[test]
fn tags_are_peeled_and_skipped_when_the_commit_is_there() {
    let clone = hooked();
    clone.git(&["tag", "old"]);
    let said = passes(&clone, &["origin", "old"]);
    assert!(said.contains("is on the remote already"), "{said}");
    clone.put(OTHER, BAD);
    clone.commit("bad");
    clone.git(&["tag", "light"]);
    clone.git(&["tag", "-a", "-m", "release", "heavy"]);
    for tag in ["light", "heavy"] {
        stopped(&clone, &["origin", tag], OTHER);
    }
    clone.git(&["tag", "tree", "HEAD^{tree}"]);
    let said = passes(&clone, &["origin", "tree"]);
    assert!(said.contains("is no commit"), "{said}");
}

#[test]
fn an_empty_push_is_said_and_passes() {
    let clone = hooked();
    passes(&clone, &["origin", "main"]);
    let output = with_stdin(&clone.at(), &["push-check", "origin"], "");
    assert_eq!(code(&output), Some(0));
    assert!(
        err(&output).contains("nothing evaluated: git named no commit"),
        "{}",
        err(&output)
    );
    let output = with_stdin(&clone.at(), &["push-check", "origin"], "no such line\n");
    assert_eq!(code(&output), Some(2));
}

#[test]
fn programs_get_a_report_and_nothing_else() {
    let clone = Clone::new();
    clone.put(OTHER, BAD);
    let id = clone.commit("bad");
    let line = format!("refs/heads/main {id} refs/heads/main {}\n", "0".repeat(40));
    let run = |format: &str| {
        let arguments = ["push-check", "origin", "--output-format", format];
        with_stdin(&clone.at(), &arguments, &line)
    };
    let output = run("json");
    assert_eq!(code(&output), Some(1), "{}", err(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["findings"][0]["path"], OTHER);
    assert!(err(&output).starts_with("Checked: "), "{}", err(&output));
    assert!(out(&run("concise")).contains("\nChecked: "));
}

#[test]
fn a_hook_manager_that_keeps_standard_input_is_found_out() {
    let clone = Clone::new();
    clone.put(OTHER, BAD);
    clone.commit("bad");
    let output = clone.baton(&["push-check", "origin"]);
    assert_eq!(code(&output), Some(0));
    let said = "nothing evaluated: git named no commit on standard input; if something is pushed \
                all the same, the hook manager must hand that on (lefthook: `use_stdin: true` at \
                this job)\n";
    assert_eq!(err(&output), said);
    // Where only a branch is deleted, git did say something.
    let line = format!(
        "(delete) {0} refs/heads/work {1}\n",
        "0".repeat(40),
        "1".repeat(40)
    );
    let output = with_stdin(&clone.at(), &["push-check", "origin"], &line);
    assert_eq!(
        err(&output),
        "Nothing new is pushed, so nothing was checked.\n"
    );
}

#[test]
fn a_shallow_clone_that_lost_its_base_is_checked_whole() {
    let clone = Clone::new();
    clone.put(OTHER, BAD);
    clone.commit("an old fault");
    clone.git(&["push", "-q", "origin", "main"]);
    let shallow = clone.at().join("../shallow");
    let from = format!("file://{}", clone.bare().display());
    let at = shallow.display().to_string();
    clone.git(&["clone", "-q", "--depth", "1", &from, &at]);
    let there = |arguments: &[&str]| clone.git(&[&["-C", at.as_str()], arguments].concat());
    there(&["checkout", "-q", "-b", "feat/work"]);
    put(&shallow, "notes.md", "# Notes\n");
    there(&["add", "-A"]);
    there(&["commit", "-qm", "good"]);
    let push = || {
        let id = there(&["rev-parse", "HEAD"]);
        let line = format!(
            "refs/heads/feat/work {id} refs/heads/feat/work {}\n",
            "0".repeat(40)
        );
        with_stdin(&shallow, &["push-check", "origin", "--concise"], &line)
    };
    // The one commit there is will do as long as the remote's branch stands there.
    assert_eq!(code(&push()), Some(0), "{}", err(&push()));
    for message in ["newer", "newest"] {
        clone.commit(message);
    }
    clone.git(&["push", "-q", "origin", "main"]);
    there(&["fetch", "-q", "--depth", "1", "origin", "main"]);
    let output = push();
    assert_eq!(code(&output), Some(1), "{}", err(&output));
    let said =
        "the history here is cut off, so it is not known what is new and everything is checked";
    assert!(err(&output).contains(said), "{}", err(&output));
    assert!(out(&output).contains(OTHER));
}

#[cfg(target_os = "linux")]
#[test]
fn at_a_terminal_it_checks_what_a_push_would() {
    let clone = Clone::new();
    branch(&clone, "work");
    clone.put(OTHER, BAD);
    clone.commit("bad");
    let binary = env!("CARGO_BIN_EXE_baton");
    let typed = format!("'{binary}' push-check --concise --select missing-front-matter");
    let mut script = isolated(Command::new("script"));
    script
        .args(["-qec", &typed, "/dev/null"])
        .current_dir(clone.at());
    let Ok(output) = script.output() else {
        // Only systems without util-linux have no terminal to offer.
        return;
    };
    assert_eq!(code(&output), Some(1), "{}", out(&output));
    assert!(out(&output).contains(OTHER), "{}", out(&output));
}

#[test]
fn other_remotes_and_default_branches_are_found() {
    let clone = hooked();
    clone.git(&["remote", "rename", "origin", "upstream"]);
    clone.put(OTHER, BAD);
    clone.commit("an old fault");
    clone.git(&["branch", "-m", "trunk"]);
    passes(&clone, &["--no-verify", "upstream", "trunk"]);
    clone.git(&["push", "-q", "--no-verify", "upstream", "--delete", "main"]);
    branch(&clone, "work");
    clone.put(THIRD, GOOD);
    clone.commit("good");
    clone.git(&[
        "symbolic-ref",
        "refs/remotes/upstream/HEAD",
        "refs/remotes/upstream/trunk",
    ]);
    passes(&clone, &["upstream", "work"]);
    clone.git(&["symbolic-ref", "--delete", "refs/remotes/upstream/HEAD"]);
    // Nothing tells any more that `trunk` is the one, and an older branch looks like it.
    clone.git(&["update-ref", "refs/remotes/upstream/develop", "HEAD~2"]);
    let elsewhere = ["upstream", "HEAD:refs/heads/elsewhere"];
    stopped(&clone, &elsewhere, OTHER);
    clone.git(&["checkout", "-q", "trunk"]);
    clone.put("baton.toml", "default-branch = 'trunk'\n");
    clone.commit("configure");
    passes(&clone, &["--no-verify", "upstream", "trunk"]);
    clone.git(&["rebase", "-q", "trunk", "work"]);
    passes(&clone, &elsewhere);
}

#[test]
fn a_push_to_an_address_finds_its_remote() {
    let clone = hooked();
    clone.put(OTHER, BAD);
    clone.commit("an old fault");
    passes(&clone, &["--no-verify", "origin", "main"]);
    branch(&clone, "work");
    clone.put(THIRD, GOOD);
    clone.commit("good");
    passes(&clone, &[&clone.bare().display().to_string(), "work"]);
}

#[test]
fn without_a_default_branch_the_nearest_remote_branch_is_the_base() {
    let clone = hooked();
    branch(&clone, "release");
    clone.put(OTHER, BAD);
    clone.commit("an old fault");
    passes(&clone, &["--no-verify", "origin", "release"]);
    clone.git(&["push", "-q", "--no-verify", "origin", "--delete", "main"]);
    branch(&clone, "work");
    clone.put("notes.md", "# Notes\n");
    clone.commit("one");
    clone.put(THIRD, BAD);
    clone.commit("two");
    clone.put("notes.md", "# More notes\n");
    clone.commit("three");
    let said = stopped(&clone, &["origin", "work"], THIRD);
    assert!(!said.contains(OTHER), "{said}");
}

#[test]
fn a_root_commit_is_new_as_a_whole() {
    let clone = Clone::empty(&[]);
    clone.hook("pre-push", HOOK);
    clone.put(EVIDENCE, "");
    clone.put(AGENT, BAD);
    clone.commit("root");
    stopped(&clone, &["origin", "main"], AGENT);
}

#[test]
fn a_shallow_clone_without_a_base_is_checked_whole() {
    let clone = Clone::new();
    clone.put(OTHER, BAD);
    clone.commit("an old fault");
    clone.put("notes.md", "# Notes\n");
    clone.commit("newer");
    clone.git(&["push", "-q", "origin", "main"]);
    let shallow = clone.at().join("../shallow");
    let from = format!("file://{}", clone.bare().display());
    let shallow_at = shallow.display().to_string();
    clone.git(&["clone", "-q", "--depth", "1", &from, &shallow_at]);
    clone.git(&["-C", &shallow_at, "checkout", "-q", "--orphan", "work"]);
    clone.git(&["-C", &shallow_at, "commit", "-qm", "cut off"]);
    let id = clone.git(&["-C", &shallow_at, "rev-parse", "HEAD"]);
    let line = format!("refs/heads/work {id} refs/heads/work {}\n", "0".repeat(40));
    let output = with_stdin(&shallow, &["push-check", "origin", "--concise"], &line);
    assert_eq!(code(&output), Some(1), "{}", err(&output));
    assert!(
        err(&output).contains("history here is cut off"),
        "{}",
        err(&output)
    );
    assert!(out(&output).contains(OTHER));
    let output = baton(&shallow, &["check", "--since", "origin/main"]);
    assert!(
        err(&output).contains("git fetch --unshallow"),
        "{}",
        err(&output)
    );
}

#[test]
fn merges_are_judged_from_the_merge_base() {
    let clone = hooked();
    branch(&clone, "work");
    clone.put("notes.md", "# Notes\n");
    clone.commit("mine");
    clone.git(&["checkout", "-q", "main"]);
    clone.put(OTHER, BAD);
    clone.commit("their fault");
    passes(&clone, &["--no-verify", "origin", "main"]);
    clone.git(&["checkout", "-q", "work"]);
    clone.git(&["merge", "-q", "--no-ff", "-m", "merge", "main"]);
    let said = passes(&clone, &["origin", "work"]);
    assert!(
        !said.contains(OTHER),
        "main's own changes are not the branch's: {said}"
    );
}

#[test]
fn a_stale_remote_branch_only_widens() {
    let clone = hooked();
    let old = clone.git(&["rev-parse", "HEAD"]);
    clone.put(OTHER, BAD);
    clone.commit("a fault");
    passes(&clone, &["--no-verify", "origin", "main"]);
    clone.git(&["update-ref", "refs/remotes/origin/main", &old]);
    branch(&clone, "work");
    clone.commit("empty");
    stopped(&clone, &["origin", "work"], OTHER);
}

#[test]
fn deleted_and_renamed_files_reach_cross_file_rules_only() {
    let clone = Clone::new();
    clone.hook(
        "pre-push",
        "push-check \"$@\" --concise --select unknown-subagent,missing-front-matter",
    );
    let caller = ".github/agents/caller.agent.md";
    clone.put(
        caller,
        "---\nname: Caller\ndescription: Calls\nuser-invocable: true\ntools: [agent]\nagents: [Planner]\n---\n\n# Caller\n",
    );
    clone.commit("caller");
    passes(&clone, &["origin", "main"]);
    branch(&clone, "deleted");
    clone.git(&["rm", "-q", AGENT]);
    clone.commit("delete");
    let said = push(&clone, &["origin", "deleted"], true);
    assert!(
        said.contains(caller) && said.contains("1 deleted"),
        "{said}"
    );
    clone.git(&["checkout", "-q", "-b", "renamed", "main"]);
    clone.git(&["mv", AGENT, "planner.md"]);
    clone.commit("rename");
    let said = push(&clone, &["origin", "renamed"], true);
    assert!(said.contains(caller), "the old name counts: {said}");
}

#[cfg(unix)]
#[test]
fn modes_and_submodules_are_no_changes() {
    use std::os::unix::fs::PermissionsExt as _;
    let clone = hooked();
    clone.put(OTHER, BAD);
    clone.commit("an old fault");
    passes(&clone, &["--no-verify", "origin", "main"]);
    let path = clone.at().join(OTHER);
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    let module = Clone::new();
    module.put(THIRD, BAD);
    module.commit("bad");
    clone.git(&[
        "submodule",
        "--quiet",
        "add",
        &module.at().display().to_string(),
        "m",
    ]);
    clone.commit("mode and submodule");
    let said = passes(&clone, &["origin", "main"]);
    assert!(!said.contains(OTHER) && !said.contains(THIRD), "{said}");
}

#[cfg(unix)]
#[test]
fn odd_names_are_routed() {
    for name in ["caf\u{e9}", "quo\"te", "ta\tb", "sp ace"] {
        let clone = hooked();
        clone.put(&format!(".github/agents/{name}.agent.md"), BAD);
        clone.commit("odd");
        stopped(&clone, &["origin", "main"], "missing-front-matter");
    }
    let clone = hooked();
    clone.put(".github/agents/LOUD.AGENT.MD", BAD);
    clone.commit("case");
    passes(&clone, &["origin", "main"]);
}

#[test]
fn the_work_tree_does_not_count() {
    let clone = hooked();
    clone.put(OTHER, GOOD);
    clone.commit("good");
    clone.put(OTHER, BAD);
    clone.put(THIRD, BAD);
    passes(&clone, &["origin", "main"]);
    clone.commit("bad");
    clone.put(OTHER, GOOD);
    fs::remove_file(clone.at().join(THIRD)).unwrap();
    let said = stopped(&clone, &["origin", "main"], OTHER);
    assert!(said.contains(THIRD), "{said}");
}

#[test]
fn the_pushed_configuration_counts_and_widens() {
    let clone = hooked();
    clone.put(OTHER, BAD);
    clone.commit("an old fault");
    passes(&clone, &["--no-verify", "origin", "main"]);
    clone.put("baton.toml", "fail-on = 'error'\n");
    clone.commit("configure");
    clone.put("baton.toml", "this is no TOML");
    let said = stopped(&clone, &["origin", "main"], OTHER);
    assert!(said.contains("`baton.toml` changed"), "{said}");
}

#[test]
fn a_template_or_a_schema_widens() {
    for path in [
        ".github/skills/azure-artifacts/templates/01-requirements.template.md",
        "tools/schemas/any.schema.json",
    ] {
        let clone = Clone::new();
        clone.hook("pre-push", "push-check \"$@\" --concise");
        clone.put(OTHER, BAD);
        clone.commit("an old fault");
        passes(&clone, &["--no-verify", "origin", "main"]);
        clone.put(path, "{}\n");
        clone.commit("decide");
        stopped(&clone, &["origin", "main"], OTHER);
    }
}

#[test]
fn many_changes_are_checked_as_everything() {
    let clone = hooked();
    for number in 0..1001 {
        clone.put(&format!("docs/{number}.txt"), "text\n");
    }
    clone.commit("many");
    let said = passes(&clone, &["origin", "main"]);
    assert!(
        said.contains("1001 files changed, so everything is checked"),
        "{said}"
    );
}

#[test]
fn what_no_rule_judges_passes_and_is_said() {
    let clone = hooked();
    clone.put("notes.txt", "text\n");
    clone.commit("notes");
    let said = passes(&clone, &["origin", "main"]);
    assert!(
        said.contains("Checked: nothing · 0 rules · 0 errors"),
        "{said}"
    );
}

#[test]
fn linked_work_trees_and_hooks_paths_work() {
    let clone = hooked();
    let linked = clone.at().join("../linked").display().to_string();
    clone.git(&["worktree", "add", "-q", "-b", "work", &linked]);
    put(Path::new(&linked), OTHER, BAD);
    clone.git(&["-C", &linked, "add", "-A"]);
    clone.git(&["-C", &linked, "commit", "-qm", "bad"]);
    stopped(&clone, &["origin", "work"], OTHER);
    let output = clone.try_git(&["-C", &linked, "push", "origin", "work"]);
    assert!(!output.status.success());
    assert!(err(&output).contains(OTHER) || out(&output).contains(OTHER));

    clone.git(&["config", "core.hooksPath", "my hooks"]);
    clone.hook("pre-push", HOOK);
    stopped(&clone, &["origin", "work"], OTHER);
}

#[test]
fn repositories_libgit2_refuses_are_pushed_too() {
    for init in [&["--object-format=sha256"][..], &["--ref-format=reftable"]] {
        let clone = Clone::empty(init);
        clone.hook("pre-push", HOOK);
        clone.put(EVIDENCE, "");
        clone.put(OTHER, BAD);
        clone.commit("an old fault");
        stopped(&clone, &["origin", "main"], OTHER);
        passes(&clone, &["--no-verify", "origin", "main"]);
        clone.put(AGENT, GOOD);
        clone.commit("good");
        let said = passes(&clone, &["origin", "main"]);
        assert!(said.contains("Checked: 1 agent"), "{init:?}: {said}");
        clone.put(THIRD, BAD);
        clone.commit("bad");
        let said = stopped(&clone, &["origin", "main"], THIRD);
        assert!(!said.contains(OTHER), "{said}");
    }
}
