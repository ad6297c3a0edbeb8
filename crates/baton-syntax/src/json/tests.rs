//! What JSON texts read as, and where their errors are.

use proptest::prelude::*;

use super::{Dialect, parse};
use crate::node::{Node, Value};

/// The tree in a short notation: numbers with `#`, texts in quotes.
fn show(node: &Node) -> String {
    let list = |parts: Vec<String>| parts.join(" ");
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(lexeme) => format!("#{lexeme}"),
        Value::String(text) => format!("{text:?}"),
        Value::Sequence(items) => format!("[{}]", list(items.iter().map(show).collect())),
        Value::Mapping(entries) => {
            let entries = entries.iter();
            let shown = entries.map(|entry| format!("{}={}", entry.key, show(&entry.value)));
            format!("{{{}}}", list(shown.collect()))
        }
    }
}

fn read(text: &str, dialect: Dialect) -> String {
    let document = parse(text, dialect);
    match (document.root, document.errors.as_slice()) {
        (Some(root), []) => show(&root),
        (None, [error]) => format!("{}..{} {}", error.span.start, error.span.end, error.message),
        other => panic!("{text:?}: a tree or one error, got {other:?}"),
    }
}

#[test]
fn reads_json() {
    let cases = [
        ("null", "null"),
        (" {\n} ", "{}"),
        (
            r#"{"a": [1, -2.50e+3, true], "b": {"c": "x"}}"#,
            r#"{a=[#1 #-2.50e+3 true] b={c="x"}}"#,
        ),
        (r#""\u00e9\n\ud83d\ude00 \/""#, "\"é\\n😀 /\""),
        ("\u{feff}[]", "[]"),
        ("12345678901234567890123", "#12345678901234567890123"),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text, Dialect::Strict), expected, "{text:?}");
        assert_eq!(read(text, Dialect::WithComments), expected, "{text:?}");
    }
}

#[test]
fn comments_and_trailing_commas_need_the_dialect() {
    let cases = [
        ("{\"a\": 1, // one\n}", "{a=#1}"),
        ("/* [[ */ [1, /*/ \" */ 2]", "[#1 #2]"),
        ("[1,]", "[#1]"),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text, Dialect::WithComments), expected, "{text:?}");
        assert_eq!(parse(text, Dialect::Strict).root, None, "{text:?}");
    }
}

#[test]
fn blanks_are_those_of_json() {
    let message = "only spaces, tabs and line breaks may stand between values";
    for (text, place) in [
        ("[\u{b}]", "1..2"),
        ("{\u{c}}\u{b}", "1..2"),
        ("\u{feff}[1, \u{a0}2]", "7..9"),
        ("\u{2028}null", "0..3"),
    ] {
        let expected = format!("{place} {message}");
        assert_eq!(read(text, Dialect::Strict), expected, "{text:?}");
        assert_eq!(read(text, Dialect::WithComments), expected, "{text:?}");
    }
    assert_eq!(
        read("// \u{a0}\n[\"\u{a0}\"]", Dialect::WithComments),
        "[\"\\u{a0}\"]"
    );
    assert_eq!(read("[ \t\r\n]", Dialect::Strict), "[]");
}

#[test]
fn refuses_what_neither_dialect_allows() {
    let cases = [
        "{a: 1}",
        "{'a': 1}",
        "[1 2]",
        "[0x1F]",
        "[+1]",
        "[.5]",
        "[5.]",
        "[NaN]",
        "[Infinity]",
        "[01]",
        "[-]",
        "[1e]",
        "[\"\\x41\"]",
        "[\"a\nb\"]",
        "[\"a\tb\"]",
        "[\"\\ud800\"]",
        "{} {}",
        "[",
        "{\"a\"",
        "{\"a\":}",
        "[,]",
        "tru",
        "\"abc",
        "[1,,2]",
        "{\"a\" 1}",
        "]",
        "/* ",
    ];
    for text in cases {
        for dialect in [Dialect::Strict, Dialect::WithComments] {
            let document = parse(text, dialect);
            assert_eq!(document.root, None, "{text:?}");
            assert_eq!(document.errors.len(), 1, "{text:?}");
        }
    }
}

#[test]
fn errors_have_places() {
    let cases = [
        ("", "0..0 the file is empty"),
        ("\u{feff} \n", "3..3 the file is empty"),
        ("{\"é\": x}", "7..8 unexpected token"),
        ("\u{feff}[1,]", "5..6 trailing commas are not allowed"),
        (
            "[\"a\tb\"]",
            "3..4 control characters in text must be escaped",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text, Dialect::Strict), expected, "{text:?}");
    }
}

#[test]
fn spans_are_the_source_text() {
    let text = "\u{feff}{\"é\": [\"ü\", 12], \"n\": {\"x\": null}}";
    let root = parse(text, Dialect::Strict).root.expect("a tree");
    let at = |pointer: &str| root.pointer(pointer).expect("a value").span.of(text);
    assert_eq!(
        root.entry("é").expect("an entry").key_span.of(text),
        "\"é\""
    );
    assert_eq!(at("/é"), "[\"ü\", 12]");
    assert_eq!(at("/é/0"), "\"ü\"");
    assert_eq!(at("/é/1"), "12");
    assert_eq!(at("/n"), "{\"x\": null}");
    assert_eq!(at("/n/x"), "null");
}

#[test]
fn repeated_keys_are_told_in_the_order_of_the_text() {
    let text = r#"{"a": {"b": 1, "b": 2}, "a": 3, "a": 4}"#;
    let document = parse(text, Dialect::Strict);
    let told: Vec<_> = document
        .duplicates
        .iter()
        .map(|duplicate| {
            (
                duplicate.key.as_str(),
                duplicate.first.start,
                duplicate.again.start,
            )
        })
        .collect();
    assert_eq!(told, [("b", 7, 15), ("a", 1, 24), ("a", 1, 32)]);
}

#[test]
fn depth_is_limited() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(&nested(128), Dialect::Strict).root.is_some());
    let expected = "128..129 nested deeper than 128 levels";
    assert_eq!(read(&nested(129), Dialect::Strict), expected);
    assert_eq!(read(&"[".repeat(100_000), Dialect::Strict), expected);
    assert_eq!(
        read(&format!("\"{}\"", "[".repeat(300)), Dialect::Strict).len(),
        302
    );
}

/// Every span in the tree.
fn spans(node: &Node, found: &mut Vec<baton_source::Span>) {
    found.push(node.span);
    for item in node.items() {
        spans(item, found);
    }
    for entry in node.entries() {
        found.push(entry.key_span);
        spans(&entry.value, found);
    }
}

proptest! {
    #[test]
    fn never_panics_and_spans_fit(
        text in prop_oneof![".*", "(\u{feff})?[\\[\\]{}:,\"'\\\\/*\\-+.0-9aeEtrufnlsx é😀\n\r\t]{0,40}"],
    ) {
        for dialect in [Dialect::Strict, Dialect::WithComments] {
            let document = parse(&text, dialect);
            let mut found: Vec<_> = document.errors.iter().map(|error| error.span).collect();
            if let Some(root) = &document.root {
                spans(root, &mut found);
            }
            prop_assert_eq!(document.root.is_none(), !document.errors.is_empty());
            for span in found {
                prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
            }
        }
    }
}
