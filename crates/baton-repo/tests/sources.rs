//! Work tree, index and commit give the files git would give.

#![expect(clippy::expect_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;
use std::process::Command;

use baton_repo::{FileMode, FileSource, GitIndex, GitTree, RepoError, Worktree};
use baton_source::RepoPath;

const LIMIT: usize = 1 << 20;

fn git(root: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args([
            "-c",
            "user.name=Test",
            "-c",
            "user.email=test@example.com",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env_remove("GIT_DIR")
        .output()
        .expect("git is installed");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn names(source: &dyn FileSource) -> Vec<String> {
    let mut names: Vec<String> = source
        .list()
        .expect("a list")
        .into_iter()
        .map(|file| file.path.to_string())
        .collect();
    names.sort();
    names
}

fn read(source: &dyn FileSource, path: &str) -> String {
    let bytes = source.read(&RepoPath::new(path), LIMIT).expect("a file");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn a_folder_without_git_is_listed_whole() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "a.md", "a");
    write(root.path(), ".hidden/b.md", "b");
    assert_eq!(
        names(&Worktree::new(root.path(), 2)),
        [".hidden/b.md", "a.md"]
    );
}

#[test]
fn an_empty_folder_has_no_files() {
    let root = tempfile::tempdir().expect("a folder");
    assert!(names(&Worktree::new(root.path(), 1)).is_empty());
}

#[test]
fn ignored_files_count_only_when_tracked() {
    let root = tempfile::tempdir().expect("a folder");
    let root = root.path();
    git(root, &["init", "-q"]);
    write(root, ".gitignore", "out/\n*.log\n");
    for path in [
        "kept.md",
        "out/tracked.md",
        "out/loose.md",
        "x.log",
        "sub/untracked.md",
    ] {
        write(root, path, path);
    }
    git(
        root,
        &["add", "-f", "kept.md", "out/tracked.md", ".gitignore"],
    );
    let listed = names(&Worktree::new(root, 2));
    assert_eq!(
        listed,
        [
            ".gitignore",
            "kept.md",
            "out/tracked.md",
            "sub/untracked.md"
        ]
    );
    // A folder below the top level sees its own part, with paths of its own; one that is itself
    // ignored was meant when it was named.
    assert_eq!(names(&Worktree::new(root.join("sub"), 2)), ["untracked.md"]);
    assert_eq!(
        names(&Worktree::new(root.join("out"), 2)),
        ["loose.md", "tracked.md"]
    );
    // A file git tracks and nobody has any more is not listed.
    fs::remove_file(root.join("out/tracked.md")).expect("a file");
    assert_eq!(
        names(&Worktree::new(root, 2)),
        [".gitignore", "kept.md", "sub/untracked.md"]
    );
}

#[test]
fn index_and_commit_have_their_own_content() {
    let root = tempfile::tempdir().expect("a folder");
    let root = root.path();
    git(root, &["init", "-q"]);
    write(root, "a.md", "committed");
    write(root, "b/c.md", "committed");
    git(root, &["add", "."]);
    git(root, &["commit", "-q", "-m", "one"]);
    write(root, "a.md", "staged");
    write(root, "new.md", "staged");
    git(root, &["add", "."]);
    git(root, &["rm", "-q", "b/c.md"]);
    write(root, "a.md", "on disk");
    write(root, "loose.md", "on disk");
    git(root, &["add", "--intent-to-add", "loose.md"]);

    let tree = GitTree::open(root, "HEAD").expect("a commit");
    assert_eq!(names(&tree), ["a.md", "b/c.md"]);
    assert_eq!(read(&tree, "a.md"), "committed");
    let index = GitIndex::open(root).expect("an index");
    assert_eq!(names(&index), ["a.md", "new.md"]);
    assert_eq!(read(&index, "a.md"), "staged");
    let disk = Worktree::new(root, 2);
    assert_eq!(names(&disk), ["a.md", "loose.md", "new.md"]);
    assert_eq!(read(&disk, "a.md"), "on disk");
    assert!(matches!(
        GitTree::open(root, "nowhere"),
        Err(RepoError::Git { .. } | RepoError::GitProgram { .. })
    ));
}

#[test]
fn reading_stops_one_byte_after_the_limit() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "big.md", &"x".repeat(100));
    let disk = Worktree::new(root.path(), 1);
    assert_eq!(
        disk.read(&RepoPath::new("big.md"), 10)
            .expect("a file")
            .len(),
        11
    );
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::{
        FileMode, FileSource as _, LIMIT, Path, RepoError, RepoPath, Worktree, fs, git, names,
        read, write,
    };

    #[test]
    fn links_stay_inside() {
        let outside = tempfile::tempdir().expect("a folder");
        write(outside.path(), "secret.md", "secret");
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        write(root, "real/a.md", "a");
        symlink("real/a.md", root.join("inside.md")).expect("a link");
        symlink(outside.path().join("secret.md"), root.join("outside.md")).expect("a link");
        symlink("nowhere.md", root.join("broken.md")).expect("a link");
        symlink("loop.md", root.join("loop.md")).expect("a link");
        symlink(".", root.join("real/again")).expect("a link");
        let disk = Worktree::new(root, 2);
        assert_eq!(read(&disk, "inside.md"), "a");
        let refused = |path: &str| disk.read(&RepoPath::new(path), LIMIT).expect_err("refused");
        assert!(matches!(
            refused("outside.md"),
            RepoError::OutsideRoot { .. }
        ));
        assert!(matches!(refused("broken.md"), RepoError::Read { .. }));
        assert!(matches!(refused("loop.md"), RepoError::Read { .. }));
        // Links are listed, what lies behind a linked folder is not.
        assert_eq!(
            names(&disk),
            [
                "broken.md",
                "inside.md",
                "loop.md",
                "outside.md",
                "real/a.md",
                "real/again"
            ]
        );
        assert_eq!(
            disk.mode(&RepoPath::new("inside.md")),
            Some(FileMode::Symlink)
        );
    }

    #[test]
    fn names_that_are_not_utf8_are_listed_and_read() {
        let root = tempfile::tempdir().expect("a folder");
        let name = OsStr::from_bytes(b"caf\xe9.md");
        fs::write(root.path().join(name), "a").expect("a file");
        let disk = Worktree::new(root.path(), 1);
        let listed = disk.list().expect("a list");
        let only = listed.first().expect("one file");
        assert_eq!(
            (only.path.as_str(), only.exact_name),
            ("caf\\xE9.md", false)
        );
        assert_eq!(read(&disk, "caf\\xE9.md"), "a");
        // A name may also look like an escaped one and be none.
        fs::write(root.path().join("a\\x41.md"), "b").expect("a file");
        assert_eq!(read(&disk, "a\\x41.md"), "b");
    }

    #[test]
    fn writing_keeps_links_and_permissions() {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        write(root, "real.sh", "one");
        fs::set_permissions(root.join("real.sh"), fs::Permissions::from_mode(0o755))
            .expect("a mode");
        symlink("real.sh", root.join("link.sh")).expect("a link");
        let disk = Worktree::new(root, 1);
        disk.write(&RepoPath::new("link.sh"), b"two")
            .expect("written");
        assert_eq!(
            fs::read_to_string(root.join("real.sh")).expect("a file"),
            "two"
        );
        assert!(
            fs::symlink_metadata(root.join("link.sh"))
                .expect("a link")
                .is_symlink()
        );
        assert_eq!(
            disk.mode(&RepoPath::new("real.sh")),
            Some(FileMode::Executable)
        );
        assert_eq!(names(&disk), ["link.sh", "real.sh"]);
    }

    #[test]
    fn a_repository_libgit2_refuses_is_asked_through_git() {
        let root = tempfile::tempdir().expect("a folder");
        let root: &Path = root.path();
        git(root, &["init", "-q"]);
        write(root, ".gitignore", "out/\n");
        write(root, "out/tracked.md", "x");
        git(root, &["add", "-f", "."]);
        git(root, &["update-index", "--split-index"]);
        git(root, &["config", "extensions.somethingNew", "true"]);
        git(root, &["config", "core.repositoryformatversion", "0"]);
        assert_eq!(
            names(&Worktree::new(root, 1)),
            [".gitignore", "out/tracked.md"]
        );
    }
}
