//! Where violations of a schema are reported, and in which words.

use baton_syntax::json::{self, Dialect};
use baton_syntax::node::Node;
use baton_syntax::yaml;

use super::{Schema, to_json};

fn node(text: &str) -> Node {
    let parsed = json::parse(text, Dialect::Strict);
    parsed.root.expect("the text is JSON")
}

/// Every error as `text of the span|pointer|keyword|message`.
fn errors(schema: &str, document: &str) -> Vec<String> {
    let schema = Schema::compile(&node(schema)).expect("the schema compiles");
    let found = schema.validate(&node(document));
    let line = |error: &super::SchemaError| {
        let (at, pointer) = (error.span.of(document), &error.pointer);
        format!("{at}|{pointer}|{}|{}", error.keyword, error.message)
    };
    found.iter().map(line).collect()
}

#[test]
fn a_missing_key_points_at_the_object_that_lacks_it() {
    let schema = r#"{"required": ["a"], "properties": {"b": {"required": ["c"]},
        "d": {"items": {"required": ["e"]}}}}"#;
    assert_eq!(
        errors(schema, r#"{"b": {}, "d": [{}]}"#),
        [
            "||required|the document lacks `a`",
            "\"b\"|/b|required|`b` lacks `c`",
            "|/d/0|required|item 1 of `d` lacks `e`",
        ]
    );
}

#[test]
fn a_key_that_is_not_allowed_is_pointed_at() {
    let schema = r#"{"properties": {"a": {}, "o": {"unevaluatedProperties": false}},
        "additionalProperties": false}"#;
    assert_eq!(
        errors(schema, r#"{"a": 1, "b": 2, "c": 3, "o": {"x/y": 1}}"#),
        [
            "\"b\"||additionalProperties|the document has no key `b`",
            "\"c\"||additionalProperties|the document has no key `c`",
            "\"x/y\"|/o|unevaluatedProperties|`o` has no key `x/y`",
        ]
    );
    let closed = r#"{"type": "object", "additionalProperties": false}"#;
    assert_eq!(
        errors(closed, r#"{"b": 2}"#),
        ["\"b\"||additionalProperties|the document has no key `b`"]
    );
    let names = r#"{"propertyNames": {"pattern": "^[a-z]+$"}}"#;
    assert_eq!(
        errors(names, r#"{"B": 2}"#),
        ["\"B\"||propertyNames|the key `B` is `B`, which does not match `^[a-z]+$`"]
    );
}

#[test]
fn values_are_pointed_at() {
    let schema = r#"{"properties": {
        "t": {"type": "string"}, "u": {"type": ["integer", "null"]}, "e": {"enum": ["x", "y", 1]},
        "c": {"const": "v1"}, "p": {"pattern": "^a$"}, "f": {"format": "date-time"},
        "l": {"minLength": 1}, "m": {"maximum": 90}, "d": {"items": {"enum": ["z"]}}}}"#;
    let document = r#"{"t": 1, "u": 1.5, "e": "z", "c": "v2", "p": "b", "f": "soon", "l": "", "m": 91, "d": ["z", "a"]}"#;
    assert_eq!(
        errors(schema, document),
        [
            "1|/t|type|`t` must be a string, not a number",
            "1.5|/u|type|`u` must be null or a whole number, not a number",
            "\"z\"|/e|enum|`e` must be `x`, `y` or `1`, not `z`",
            "\"v2\"|/c|const|`c` must be `v1`, not `v2`",
            "\"b\"|/p|pattern|`p` is `b`, which does not match `^a$`",
            "\"soon\"|/f|format|`f` is `soon`, which is not a date with time such as `2026-01-31T12:00:00Z`",
            "\"\"|/l|minLength|`l` must not be empty",
            "91|/m|maximum|`m` must be at most 90, not 91",
            "\"a\"|/d/1|enum|item 2 of `d` must be `z`, not `a`",
        ]
    );
}

#[test]
fn the_alternative_that_fits_the_type_is_explained() {
    let schema = r#"{"properties": {"a": {"anyOf": [{"type": "null"},
        {"type": "object", "required": ["b"]}]}, "c": {"oneOf": [{"minimum": 5}, {"minimum": 6}]}}}"#;
    assert_eq!(
        errors(schema, r#"{"a": {}, "c": 1}"#),
        [
            "\"a\"|/a|required|`a` lacks `b`",
            "1|/c|oneOf|`c` has none of the forms that are allowed",
        ]
    );
    assert_eq!(
        errors(schema, r#"{"a": 1}"#),
        ["1|/a|anyOf|`a` has none of the forms that are allowed"]
    );
}

#[test]
fn references_stay_inside_the_schema() {
    let local = r##"{"$defs": {"n": {"type": "number"}}, "items": {"$ref": "#/$defs/n"}}"##;
    assert_eq!(
        errors(local, r#"["x"]"#),
        ["\"x\"|/0|type|item 1 must be a number, not a string"]
    );
    let remote = node(r#"{"$ref": "https://example.com/other.json"}"#);
    let error = Schema::compile(&remote).err().expect("nothing is fetched");
    assert!(error.message.contains("not in it"), "{}", error.message);
}

#[test]
fn a_schema_that_is_none_is_pointed_at() {
    let text = r#"{"properties": {"a": {"type": "strong"}}}"#;
    let error = Schema::compile(&node(text)).err().expect("no such type");
    assert_eq!(error.span.of(text), "\"strong\"");
}

#[test]
fn numbers_keep_their_value() {
    let text = "[0x10, 0o17, 1e3, 12345678901234567890, -.inf, 1.50]";
    let tree = yaml::parse(text, 0).root.expect("the text is YAML");
    let json = to_json(&tree);
    assert_eq!(json.get(0), Some(&16.into()));
    assert_eq!(json.get(1), Some(&15.into()));
    assert_eq!(
        json.get(2).and_then(serde_json::Value::as_f64),
        Some(1000.0)
    );
    assert_eq!(json.get(3), Some(&12_345_678_901_234_567_890_u64.into()));
    assert_eq!(
        json.get(4).and_then(serde_json::Value::as_f64),
        Some(f64::MIN)
    );
    assert_eq!(json.get(5).and_then(serde_json::Value::as_f64), Some(1.5));
}

#[test]
fn every_one_of_many_keys_is_pointed_at() {
    let schema = r#"{"additionalProperties": false, "properties":
        {"texts": {"additionalProperties": {"type": "string"}}}}"#;
    // Searching the object for each of them would cost the square of their number.
    let keys: Vec<String> = (0..20_000).map(|key| format!("\"k{key}\": 1")).collect();
    let keys = keys.join(", ");
    let found = errors(
        schema,
        &format!("{{{keys}, \"texts\": {{{keys}, \"k7\": 2}}}}"),
    );
    assert_eq!(found.len(), 40_000);
    let says = |line: &str| found.iter().any(|one| one == line);
    assert!(says(
        "\"k19999\"||additionalProperties|the document has no key `k19999`"
    ));
    assert!(says("2|/texts/k7|type|`k7` must be a string, not a number"));
}
