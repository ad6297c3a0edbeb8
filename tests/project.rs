//! Commands about one file of a project, from the outside.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]

mod scratch;

use scratch::{baton, code, err, out, put, with_stdin};

const MANIFEST: &str = "{\"environments\": {\"dev\": {\"subscription_id\": \"11111111-2222-3333-4444-555555555555\", \
    \"tenant_id\": \"22222222-2222-3333-4444-555555555555\", \"primary_region\": \"westeurope\", \
    \"alert_emails\": [\"mia@example.com\"]}}}";

#[test]
fn a_manifest_is_shown_without_addresses() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "m.json", MANIFEST);
    let output = baton(folder.path(), &["redact", "m.json"]);
    assert_eq!(code(&output), Some(0), "{}", err(&output));
    let shown = out(&output);
    assert!(
        shown.contains("sha256:") && shown.contains("westeurope"),
        "{shown}"
    );
    assert!(!shown.contains("mia@"), "{shown}");
    let piped = with_stdin(folder.path(), &["redact", "-"], MANIFEST);
    assert_eq!(out(&piped), shown);
}

#[test]
fn what_is_no_such_file_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "broken.json", "{\n  \"a\": ,\n}\n");
    put(folder.path(), "empty.json", "");
    put(folder.path(), "other.json", "[]\n");
    for command in ["redact", "trace"] {
        for (file, said) in [
            ("broken.json", "broken.json:2:"),
            ("empty.json", "empty.json:1:1: not JSON"),
            ("other.json", "other.json is no "),
            ("none.json", "cannot read none.json"),
        ] {
            let output = baton(folder.path(), &[command, file]);
            assert_eq!(code(&output), Some(2), "{command} {file}");
            assert!(err(&output).contains(said), "{command}: {}", err(&output));
            assert!(out(&output).is_empty(), "{command} {file}");
        }
    }
}
