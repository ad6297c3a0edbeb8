//! Fixes of session state leave JSON behind, to the byte what a careful hand would leave.

use std::sync::Arc;

use baton_check::{CheckConfig, Scope, fix, select};
use baton_repo::{Date, Memory, Options};
use baton_source::Applicability;

const PATH: &str = "agent-output/shop/00-session-state.json";

/// What one rule's fixes make of a state file; text that is no longer JSON is not returned.
fn fixed(slug: &str, text: &str, most: Applicability) -> Option<String> {
    let config = CheckConfig::new(
        select(&[slug.to_owned()], &[]).ok()?,
        "2026-11-21".parse::<Date>().ok()?,
    );
    let source = Arc::new(Memory::new([(PATH.to_owned(), text.as_bytes().to_vec())]));
    let run = (&config, &Scope::All);
    let fixed = fix(source, &Options::default(), run, most).ok()?;
    let file = fixed.repo.file(PATH)?;
    file.node().map(|_| file.text().to_owned())
}

fn without_lock(text: &str, expected: &str) {
    let found = fixed("leftover-session-lock", text, Applicability::Safe);
    assert_eq!(found.as_deref(), Some(expected));
}

#[test]
fn a_field_goes_with_its_comma() {
    without_lock("{\n  \"lock\": {},\n  \"a\": 1\n}\n", "{\n  \"a\": 1\n}\n");
    without_lock("{\n  \"a\": 1,\n  \"lock\": {}\n}\n", "{\n  \"a\": 1\n}\n");
    without_lock(
        "{\n  \"a\": 1,\n  \"lock\": {},\n  \"b\": 2\n}\n",
        "{\n  \"a\": 1,\n  \"b\": 2\n}\n",
    );
    without_lock("{ \"lock\": null }", "{}");
    without_lock("{\"lock\":1,\"stale_threshold_ms\":2}", "{}");
    without_lock(
        "{ \"a\": 1, \"stale_threshold_ms\": 5, \"lock\": {} }",
        "{ \"a\": 1 }",
    );
    without_lock("{\"lock\":1,\"lock\":2,\"a\":3,\"lock\":4}", "{\"a\":3}");
}

#[test]
fn line_ends_and_byte_order_marks_stay() {
    without_lock(
        "\u{feff}{\r\n  \"ä\": 1,\r\n  \"lock\": {}\r\n}\r\n",
        "\u{feff}{\r\n  \"ä\": 1\r\n}\r\n",
    );
}

#[test]
fn claims_go_from_every_step() {
    without_lock(
        "{\"steps\":{\"1\":{\"claim\":{}},\"2\":{\"name\":\"x\",\"claim\":null},\"9\":{\"claim\":0,\"b\":1}}}",
        "{\"steps\":{\"1\":{},\"2\":{\"name\":\"x\"},\"9\":{\"b\":1}}}",
    );
}

#[test]
fn what_somebody_holds_stays_unless_asked() {
    let text = "{\"lock\":{\"owner_id\":\"me\"},\"steps\":{\"1\":{\"claim\":{\"event_log\":[1]}}}}";
    without_lock(text, text);
    let found = fixed("leftover-session-lock", text, Applicability::Unsafe);
    assert_eq!(found.as_deref(), Some("{\"steps\":{\"1\":{}}}"));
}

#[test]
fn a_project_is_renamed_only_when_asked() {
    let text = "{\"project\": \"store\"}";
    let slug = "misnamed-session-project";
    let untouched = fixed(slug, text, Applicability::Safe);
    assert_eq!(untouched.as_deref(), Some(text));
    let found = fixed(slug, text, Applicability::Unsafe);
    assert_eq!(found.as_deref(), Some("{\"project\": \"shop\"}"));
}
