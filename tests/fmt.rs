//! `baton fmt` from the outside: what it writes, what it says, how it ends.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]

mod scratch;

use std::fs;

use scratch::{baton, code, err, out, put, with_stdin};

const UGLY: &str = "locals {\n a=1\n}\n";
const FAIR: &str = "locals {\n  a = 1\n}\n";
const BROKEN: &str = "locals {\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        put(folder.path(), path, text);
    }
    folder
}

#[test]
fn files_are_formatted_where_there_is_no_git() {
    let folder = folder(&[
        ("main.tf", UGLY),
        ("modules/net/a.tfvars", "a=1"),
        ("tests/a.tftest.hcl", "\u{feff}a  = 1\r\n"),
        (".terraform/x.tf", UGLY),
        (".github/x.tf", UGLY),
        ("notes.hcl", UGLY),
    ]);
    let text = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    let checked = baton(folder.path(), &["fmt", "--check"]);
    assert_eq!(code(&checked), Some(1));
    assert_eq!(
        out(&checked),
        "main.tf\nmodules/net/a.tfvars\ntests/a.tftest.hcl\n"
    );
    assert_eq!(text("main.tf"), UGLY, "--check writes nothing");
    assert_eq!(code(&baton(folder.path(), &["fmt"])), Some(0));
    assert_eq!(text("main.tf"), FAIR);
    assert_eq!(text("modules/net/a.tfvars"), "a = 1");
    assert_eq!(text("tests/a.tftest.hcl"), "a = 1\r\n");
    for path in [".terraform/x.tf", ".github/x.tf", "notes.hcl"] {
        assert_eq!(text(path), UGLY, "{path}");
    }
    let again = baton(folder.path(), &["fmt", "--check"]);
    assert_eq!((code(&again), out(&again)), (Some(0), String::new()));
    assert!(
        err(&again).contains("0 files would change, 3 left as they are"),
        "{}",
        err(&again)
    );
}

#[test]
fn a_file_with_an_error_is_left_alone_and_the_others_are_not() {
    let folder = folder(&[("a.tf", BROKEN), ("b.tf", UGLY), ("c.tf", "a = \"\n")]);
    let output = baton(folder.path(), &["fmt"]);
    assert_eq!(code(&output), Some(2));
    assert_eq!(out(&output), "b.tf\n");
    let said = err(&output);
    assert!(
        said.contains("a.tf:1:") && said.contains("c.tf:1:5"),
        "{said}"
    );
    let text = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    assert_eq!(text("a.tf"), BROKEN);
    assert_eq!(text("b.tf"), FAIR);
}

#[test]
fn a_difference_is_shown_and_not_written() {
    let folder = folder(&[("main.tf", UGLY)]);
    let output = baton(folder.path(), &["fmt", "--diff", "main.tf"]);
    assert_eq!(code(&output), Some(1));
    assert!(
        out(&output).contains("\n- a=1\n+  a = 1\n"),
        "{}",
        out(&output)
    );
    let text = fs::read_to_string(folder.path().join("main.tf")).unwrap();
    assert_eq!(text, UGLY);
}

#[test]
fn paths_say_what_is_formatted() {
    let folder = folder(&[
        ("a/main.tf", UGLY),
        ("b/main.tf", UGLY),
        (".c.tf", UGLY),
        ("d.md", ""),
    ]);
    let list = |arguments: &[&str]| {
        let output = baton(folder.path(), &[&["fmt", "--check"], arguments].concat());
        (code(&output), out(&output))
    };
    assert_eq!(list(&["a"]), (Some(1), "a/main.tf\n".to_owned()));
    assert_eq!(list(&[".c.tf"]), (Some(1), ".c.tf\n".to_owned()));
    assert_eq!(list(&["d.md"]), (Some(2), String::new()));
    assert_eq!(list(&["none.tf"]), (Some(2), String::new()));
    assert_eq!(list(&["-", "a"]), (Some(2), String::new()));
    put(folder.path(), "latin.tf", "");
    fs::write(folder.path().join("latin.tf"), b"# \xe9\n").unwrap();
    assert_eq!(list(&["latin.tf"]).0, Some(2));
    put(folder.path(), "baton.toml", "exclude = [\"a/**\"]\n");
    assert_eq!(list(&[]), (Some(2), "b/main.tf\n".to_owned()));
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = folder(&[]);
    let told = |arguments: &[&str], text: &str| {
        let output = with_stdin(folder.path(), &[&["fmt", "-"], arguments].concat(), text);
        (code(&output), out(&output))
    };
    assert_eq!(told(&[], UGLY), (Some(0), FAIR.to_owned()));
    assert_eq!(told(&["--check"], UGLY), (Some(1), "main.tf\n".to_owned()));
    assert_eq!(told(&["--check"], FAIR), (Some(0), String::new()));
    assert_eq!(told(&["--diff"], UGLY).0, Some(1));
    assert_eq!(told(&[], BROKEN), (Some(2), String::new()));
    assert_eq!(
        told(&["--stdin-filename", "a.tfvars"], "a=1"),
        (Some(0), "a = 1".to_owned())
    );
    assert_eq!(told(&["--stdin-filename", "a.md"], "a").0, Some(2));
}
