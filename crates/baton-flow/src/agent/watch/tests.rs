//! Tests of what changed and whose it was.

use std::fs;
use std::path::Path;

use super::{Changes, Snapshot, changes};
use crate::agent::Task;

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What of a change is whose, as `own | forbidden | record | shared`.
fn check(change: impl Fn(&Path), expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for path in [
        ".git/config",
        ".gitignore",
        "README.md",
        "agent-output/demo/01-requirements.md",
        "agent-output/demo/00-session-state.json",
        "agent-output/other/01-requirements.md",
        "infra/bicep/demo/main.bicep",
        "logs/agent.log",
    ] {
        write(
            root,
            path,
            if path == ".gitignore" {
                "logs/\n"
            } else {
                "old\n"
            },
        );
    }
    let task = Task {
        project: "demo".to_owned(),
        folder: root.to_owned(),
        writable: vec![
            "agent-output/demo/**".to_owned(),
            "infra/*/demo/**".to_owned(),
        ],
        protected: vec!["agent-output/demo/01-*".to_owned()],
        shared: vec!["agent-output/other/**".to_owned()],
        ..Task::default()
    };
    let before = Snapshot::take(root).unwrap();
    change(root);
    let later = Snapshot::after(root, &before).unwrap();
    let Changes {
        own,
        forbidden,
        record,
        shared,
    } = changes(&task, &before, &later).unwrap();
    let lists = [own, forbidden, record, shared].map(|list| list.join(" "));
    assert_eq!(lists.join(" | "), expected);
}

#[test]
fn each_change_belongs_to_somebody() {
    check(|_| {}, " |  |  | ");
    check(
        |root| write(root, "agent-output/demo/02-x.md", "new"),
        "agent-output/demo/02-x.md |  |  | ",
    );
    check(
        |root| write(root, "infra/bicep/demo/main.bicep", "new"),
        "infra/bicep/demo/main.bicep |  |  | ",
    );
    check(
        |root| write(root, "README.md", "new\n"),
        " | README.md |  | ",
    );
    check(
        |root| fs::remove_file(root.join("README.md")).unwrap(),
        " | README.md |  | ",
    );
    check(
        |root| write(root, ".git/hooks/pre-push", "x"),
        " | .git/hooks/pre-push |  | ",
    );
    check(
        |root| write(root, ".git/config", "x"),
        " | .git/config |  | ",
    );
    check(
        |root| write(root, "agent-output/demo/01-requirements.md", "x"),
        " | agent-output/demo/01-requirements.md |  | ",
    );
    check(
        |root| {
            write(root, "agent-output/demo/00-session-state.json", "x");
            write(root, "agent-output/demo/00-handoff.md", "x");
        },
        " |  | agent-output/demo/00-handoff.md agent-output/demo/00-session-state.json | ",
    );
    check(
        |root| write(root, "agent-output/other/00-handoff.md", "x"),
        " |  |  | agent-output/other/00-handoff.md",
    );
}

#[test]
fn what_says_the_same_did_not_change_and_what_git_ignores_is_not_looked_at() {
    check(|root| write(root, "README.md", "old\n"), " |  |  | ");
    check(|root| write(root, "logs/agent.log", "new"), " |  |  | ");
}

#[cfg(unix)]
#[test]
fn links_must_stay_within_what_may_be_written() {
    use std::os::unix::fs::symlink;
    for (name, target, is_own) in [
        ("a.md", "01-requirements.md", true),
        ("a.md", "../../README.md", false),
        ("a", "/", false),
        ("a", "../../../../../../../../etc", false),
        ("a", "../../infra/bicep/demo", true),
        ("a", "gone.md", true),
        ("a", "../other/gone.md", false),
        ("loop", "loop", true),
    ] {
        let path = format!("agent-output/demo/{name}");
        let expected = if is_own {
            format!("{path} |  |  | ")
        } else {
            format!(" | {path} |  | ")
        };
        check(|root| symlink(target, root.join(&path)).unwrap(), &expected);
    }
}

#[cfg(unix)]
#[test]
fn a_file_with_an_old_date_and_the_same_length_is_seen() {
    check(
        |root| {
            let path = root.join("README.md");
            let old = fs::metadata(&path).unwrap().modified().unwrap();
            fs::write(&path, "new\n").unwrap();
            fs::File::options()
                .write(true)
                .open(&path)
                .unwrap()
                .set_modified(old)
                .unwrap();
        },
        " | README.md |  | ",
    );
}
