//! Changes and sources over real repositories, of the kinds libgit2 takes and those it refuses.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::{Changes, FileSource as _, Git, GitIndex, GitTree};
use baton_source::RepoPath;

/// How a repository is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    SplitIndex,
    SparseIndex,
    /// Blobs are missing, and only the remote's settings say so.
    LazyClone,
    PartialClone,
    Reftable,
    Sha256,
}

const KINDS: [Kind; 7] = [
    Kind::Plain,
    Kind::SplitIndex,
    Kind::SparseIndex,
    Kind::LazyClone,
    Kind::PartialClone,
    Kind::Reftable,
    Kind::Sha256,
];

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "init.defaultBranch=main", "-c", "core.autocrlf=false"])
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com"])
        .args(["-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A repository with a few files committed; `inner` is a folder of it.
fn repository(kind: Kind) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    match kind {
        Kind::Reftable => git(at, &["init", "--ref-format=reftable"]),
        Kind::Sha256 => git(at, &["init", "--object-format=sha256"]),
        _ => git(at, &["init"]),
    };
    for name in [
        "kept.md",
        "edited.md",
        "renamed.md",
        "deleted.md",
        "mode.sh",
    ] {
        put(at, name, &format!("{name}\n"));
        put(at, &format!("inner/{name}"), &format!("inner {name}\n"));
    }
    put(at, "elsewhere/x.md", "x\n");
    git(at, &["add", "."]);
    git(at, &["commit", "-m", "first"]);
    match kind {
        Kind::SplitIndex => {
            git(at, &["update-index", "--split-index"]);
        }
        Kind::SparseIndex => {
            git(
                at,
                &[
                    "sparse-checkout",
                    "set",
                    "--cone",
                    "--sparse-index",
                    "inner",
                ],
            );
        }
        Kind::LazyClone | Kind::PartialClone => {
            git(at, &["config", "uploadpack.allowFilter", "true"]);
            let clone = tempfile::tempdir().unwrap();
            let from = format!("file://{}", at.display());
            git(
                clone.path(),
                &["clone", "--filter=blob:none", "--no-checkout", &from, "."],
            );
            git(clone.path(), &["checkout", "main"]);
            if kind == Kind::PartialClone {
                let set = |key, value| git(clone.path(), &["config", key, value]);
                set("core.repositoryformatversion", "1");
                set("extensions.partialClone", "origin");
            }
            // The origin must outlive this function.
            let _ = folder.keep();
            return clone;
        }
        _ => {}
    }
    folder
}

fn change(at: &Path) {
    put(at, "inner/edited.md", "staged\n");
    fs::rename(at.join("inner/renamed.md"), at.join("inner/new name.md")).unwrap();
    fs::remove_file(at.join("inner/deleted.md")).unwrap();
    git(at, &["add", "-A"]);
    git(at, &["update-index", "--chmod=+x", "inner/mode.sh"]);
}

fn told(changes: &Changes) -> (Vec<&str>, Vec<&str>) {
    let text = |paths: &'_ std::collections::BTreeSet<RepoPath>| {
        paths
            .iter()
            .map(|path| path.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    let leak = |paths: Vec<String>| paths.into_iter().map(|path| &*path.leak()).collect();
    (leak(text(&changes.present)), leak(text(&changes.gone)))
}

const PRESENT: [&str; 2] = ["inner/edited.md", "inner/new name.md"];
const GONE: [&str; 2] = ["inner/deleted.md", "inner/renamed.md"];

#[test]
fn every_kind_of_repository_tells_what_is_staged() {
    for kind in KINDS {
        let folder = repository(kind);
        change(folder.path());
        let handle = Git::open(folder.path()).unwrap();
        let refused = handle.native_folder().is_none();
        let wanted = matches!(kind, Kind::PartialClone | Kind::Reftable | Kind::Sha256);
        assert_eq!(refused, wanted, "{kind:?}");
        let staged = handle.staged_changes().unwrap();
        assert_eq!(told(&staged), (PRESENT.to_vec(), GONE.to_vec()), "{kind:?}");

        let inner = Git::open(&folder.path().join("inner")).unwrap();
        let staged = inner.staged_changes().unwrap();
        let wanted = (
            vec!["edited.md", "new name.md"],
            vec!["deleted.md", "renamed.md"],
        );
        assert_eq!(told(&staged), wanted, "{kind:?}: below a folder");
    }
}

#[test]
fn every_kind_of_repository_gives_staged_and_committed_texts() {
    for kind in KINDS {
        let folder = repository(kind);
        change(folder.path());
        put(folder.path(), "inner/edited.md", "not staged\n");
        put(folder.path(), "inner/announced.md", "announced\n");
        git(folder.path(), &["add", "-N", "inner/announced.md"]);
        let read = |source: &dyn crate::FileSource, path: &str| {
            let bytes = source.read(&RepoPath::new(path), 1000).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let index = GitIndex::open(folder.path()).unwrap();
        let tree = GitTree::open(folder.path(), "HEAD").unwrap();
        let has = |source: &dyn crate::FileSource, path: &str| {
            let listed = source.list().unwrap();
            listed.iter().any(|file| file.path.as_str() == path)
        };
        assert_eq!(read(&index, "inner/edited.md"), "staged\n", "{kind:?}");
        assert_eq!(read(&index, "inner/kept.md"), "inner kept.md\n", "{kind:?}");
        assert_eq!(
            read(&tree, "inner/edited.md"),
            "inner edited.md\n",
            "{kind:?}"
        );
        assert!(has(&index, "inner/new name.md") && !has(&tree, "inner/new name.md"));
        assert!(
            !has(&index, "inner/announced.md"),
            "{kind:?}: only announced"
        );
        assert!(
            has(&index, "elsewhere/x.md"),
            "{kind:?}: outside the sparse cone"
        );
        let inner = GitTree::open(&folder.path().join("inner"), "HEAD").unwrap();
        assert_eq!(read(&inner, "kept.md"), "inner kept.md\n", "{kind:?}");
        assert!(!has(&inner, "elsewhere/x.md"));
    }
}

#[test]
fn every_kind_of_repository_tells_what_differs() {
    for kind in KINDS {
        let folder = repository(kind);
        let at = folder.path();
        let first = git(at, &["rev-parse", "HEAD"]);
        git(at, &["checkout", "-q", "-b", "work"]);
        change(at);
        git(at, &["commit", "-m", "second"]);
        put(at, "inner/untracked.md", "new\n");
        put(at, "inner/kept.md", "unstaged\n");
        let handle = Git::open(at).unwrap();
        let second = handle.commit("HEAD").unwrap().unwrap();
        let between = handle.changes_between(Some(&first), &second).unwrap();
        assert_eq!(
            told(&between),
            (PRESENT.to_vec(), GONE.to_vec()),
            "{kind:?}"
        );
        let all = handle.changes_between(None, &second).unwrap();
        assert!(all.gone.is_empty() && all.present.len() >= 9, "{kind:?}");

        let worktree = handle.worktree_changes(Some("HEAD")).unwrap();
        let wanted = vec!["inner/kept.md", "inner/untracked.md"];
        assert_eq!(told(&worktree), (wanted, vec![]), "{kind:?}");
        let since = handle.worktree_changes(Some(&first)).unwrap();
        assert_eq!(since.present.len(), 4, "{kind:?}: {since:?}");

        assert_eq!(
            handle.merge_base("main", "work").unwrap(),
            Some(first.clone()),
            "{kind:?}"
        );
        assert_eq!(handle.distance(&first, &second).unwrap(), 1, "{kind:?}");
        assert_eq!(handle.commit("no-such").unwrap(), None, "{kind:?}");
        assert!(!handle.is_shallow().unwrap(), "{kind:?}");
        let head = handle.head().unwrap().unwrap();
        assert_eq!(
            (head.name.as_str(), &head.commit),
            ("refs/heads/work", &second)
        );
    }
}

#[test]
fn the_default_branch_is_configured_told_or_guessed() {
    for kind in [Kind::Plain, Kind::Sha256] {
        let folder = repository(kind);
        let at = folder.path();
        let branch = |configured: Option<&str>| {
            let found = Git::open(at)
                .unwrap()
                .default_branch("up", configured)
                .unwrap();
            found.map(|name| name.trim_start_matches("refs/remotes/up/").to_owned())
        };
        assert_eq!(branch(None), None);
        git(at, &["update-ref", "refs/remotes/up/develop", "HEAD"]);
        assert_eq!(branch(None).as_deref(), Some("develop"));
        git(at, &["update-ref", "refs/remotes/up/trunk", "HEAD"]);
        git(
            at,
            &[
                "symbolic-ref",
                "refs/remotes/up/HEAD",
                "refs/remotes/up/trunk",
            ],
        );
        assert_eq!(branch(None).as_deref(), Some("trunk"), "{kind:?}");
        assert_eq!(branch(Some("develop")).as_deref(), Some("develop"));
        assert_eq!(branch(Some("gone")).as_deref(), Some("trunk"));
        git(at, &["remote", "add", "up", "https://example.com/up.git"]);
        let found = Git::open(at)
            .unwrap()
            .remote_at("https://example.com/up.git");
        assert_eq!(found.unwrap().as_deref(), Some("up"), "{kind:?}");
    }
}

#[test]
fn before_the_first_commit_everything_is_new() {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init"]);
    put(folder.path(), "a.md", "a\n");
    put(folder.path(), "b.md", "b\n");
    git(folder.path(), &["add", "a.md"]);
    let handle = Git::open(folder.path()).unwrap();
    assert_eq!(handle.head().unwrap(), None);
    assert_eq!(
        told(&handle.staged_changes().unwrap()),
        (vec!["a.md"], vec![])
    );
    let worktree = handle.worktree_changes(None).unwrap();
    assert_eq!(told(&worktree), (vec!["a.md", "b.md"], vec![]));
}

#[test]
fn there_is_no_repository_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Git::open(folder.path()).is_err());
}

#[cfg(unix)]
#[test]
fn links_and_submodules_are_what_they_are() {
    let folder = repository(Kind::Plain);
    let at = folder.path();
    let other = repository(Kind::Plain);
    let url = other.path().display().to_string();
    std::os::unix::fs::symlink("../kept.md", at.join("inner/link.md")).unwrap();
    std::os::unix::fs::symlink("../../out.md", at.join("inner/out.md")).unwrap();
    git(at, &["submodule", "add", &url, "module"]);
    git(at, &["add", "-A"]);
    let staged = Git::open(at).unwrap().staged_changes().unwrap();
    assert_eq!(
        told(&staged).0,
        [".gitmodules", "inner/link.md", "inner/out.md"],
        "a submodule is no file"
    );
    let index = GitIndex::open(at).unwrap();
    let read = |path: &str| index.read(&RepoPath::new(path), 100);
    assert_eq!(read("inner/link.md").unwrap(), b"kept.md\n");
    assert!(matches!(
        read("inner/out.md"),
        Err(crate::RepoError::OutsideRoot { .. })
    ));
}

#[test]
fn a_text_takes_the_place_of_a_staged_one() {
    for kind in KINDS {
        let folder = repository(kind);
        let handle = Git::open(&folder.path().join("inner")).unwrap();
        let path = RepoPath::new("mode.sh");
        handle
            .stage(&path, crate::FileMode::Executable, b"fixed\n")
            .unwrap();
        let index = GitIndex::open(folder.path()).unwrap();
        let path = RepoPath::new("inner/mode.sh");
        assert_eq!(index.read(&path, 100).unwrap(), b"fixed\n", "{kind:?}");
        assert_eq!(index.mode(&path), Some(crate::FileMode::Executable));
    }
}
