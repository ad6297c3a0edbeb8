//! What YAML texts read as, and where their errors are.

mod oracle;

use baton_source::Span;
use proptest::prelude::*;

use super::parse;
use crate::node::{Document, Node, Value};

/// Every scalar with its source text, in order.
fn scalars<'t>(node: &Node, text: &'t str, found: &mut Vec<&'t str>) {
    for item in node.items() {
        scalars(item, text, found);
    }
    for entry in node.entries() {
        found.push(entry.key_span.of(text));
        scalars(&entry.value, text, found);
    }
    if !node.is_mapping() && !node.is_sequence() {
        found.push(node.span.of(text));
    }
}

fn clean(text: &str) -> Node {
    let document = parse(text, 0);
    assert_eq!(document.errors, [], "{text:?}");
    document.root.expect("a value")
}

fn errors(document: &Document) -> Vec<(u32, &str)> {
    let errors = document.errors.iter();
    errors
        .map(|error| (error.span.start, error.message.as_str()))
        .collect()
}

#[test]
fn scalar_spans_are_the_source_text() {
    let cases: &[(&str, &[&str])] = &[
        ("a: b # c\nd: 'e' # f\n", &["a", "b", "d", "'e'"]),
        (
            "a: 'it''s' # x'\nb: \"q\\\"\" # \"\n",
            &["a", "'it''s'", "b", "\"q\\\"\""],
        ),
        ("é: 'ü😀' # ö\nß: x\n", &["é", "'ü😀'", "ß", "x"]),
        (
            "a:\nb: ~\nc: !!str\nd: &x 1\n",
            &["a", "", "b", "~", "c", "", "d", "1"],
        ),
        (
            "a: |\n  x\n  y\n\nb: >-  # c\n  z\n# end\n",
            &["a", "|\n  x\n  y", "b", ">-  # c\n  z"],
        ),
        (
            "- |\n x\n- >+\n y\n\n- !t &b |2\n   z",
            &["|\n x", ">+\n y", "|2\n   z"],
        ),
        (
            "a: b\n  c\nd: \"e\n  f\"\n",
            &["a", "b\n  c", "d", "\"e\n  f\""],
        ),
        ("[a, 'b' , \"c\",\n d e,]", &["a", "'b'", "\"c\"", "d e"]),
        (
            "{a: 1, b, 'c': [d], \"e\":f}",
            &["a", "1", "b", "", "'c'", "d", "\"e\"", "f"],
        ),
        ("é: [ # ü\n  'ö', # ß\n]\nb: c\n", &["é", "'ö'", "b", "c"]),
        ("a: &x b\nc: *x\n", &["a", "b", "c", "*x"]),
        (
            "a: b\r\nc: 'd'\r\ne:\r\n  - f\r\n",
            &["a", "b", "c", "'d'", "e", "f"],
        ),
        ("\u{feff}a: b\n", &["a", "b"]),
        ("--- # é\na: |-\n  x\n...\n", &["a", "|-\n  x"]),
        ("? a\n: b\n? |\n  c\n: - d\n", &["a", "b", "|\n  c", "d"]),
        ("-\n- a\n-\n", &["", "a", ""]),
        ("!local x", &["x"]),
        ("a: ! x # y\n", &["a", "x"]),
        ("", &[]),
    ];
    for (text, expected) in cases {
        let document = parse(text, 0);
        assert_eq!(document.errors, [], "{text:?}");
        let mut found = Vec::new();
        if let Some(root) = &document.root {
            scalars(root, text, &mut found);
        }
        assert_eq!(&found, expected, "{text:?}");
    }
}

#[test]
fn collections_end_with_their_last_value() {
    let text = "a:\n  - b # c\n  - [d, e] # f\n\n# g\nh: {i: j} # k\nl:\n- m\nn: &x\n  o: p\n";
    let root = clean(text);
    let at = |pointer: &str| root.pointer(pointer).expect("a value").span.of(text);
    assert_eq!(at("/a"), "- b # c\n  - [d, e]");
    assert_eq!(at("/a/1"), "[d, e]");
    assert_eq!(at("/h"), "{i: j}");
    assert_eq!(at("/l"), "- m");
    assert_eq!(at("/n"), "o: p");
    assert_eq!(at(""), text.trim_end());
}

#[test]
fn nothing_stands_after_what_asks_for_it() {
    let text = "a:\nb: # c\n- d";
    let root = clean("a:\nb: # c\nd: [e: ]\n");
    let starts = |pointer: &str| root.pointer(pointer).expect("a value").span;
    assert_eq!(starts("/a"), Span::at(2), "{text}");
    assert_eq!(starts("/b"), Span::at(5), "{text}");
    assert_eq!(starts("/d/0/e"), Span::at(16), "{text}");
}

#[test]
fn the_offset_is_added_everywhere() {
    let whole = "---\na: 'b'\nc: [\n---\n";
    let document = parse("a: 'b'\nc: [\n", 4);
    let root = document.root.expect("what was read");
    assert_eq!(root.get("a").expect("a value").span.of(whole), "'b'");
    assert_eq!(document.errors[0].span, Span::at(16));
}

#[test]
fn scalars_follow_the_core_schema() {
    let numbers = [
        "0", "-1", "+12", "0123", "0x1F", "0o17", "1.5", ".5", "1.", "-1e3", "6.02E+23", ".inf",
        "-.INF", ".nan",
    ];
    for lexeme in numbers {
        assert_eq!(clean(lexeme).value, Value::Number(lexeme.to_owned()));
    }
    let texts = [
        "yes",
        "on",
        "tRUE",
        "nULL",
        "0b1",
        "1_000",
        "0x",
        "0xG",
        "0o8",
        "1e",
        ".",
        "+",
        "1.2.3",
        "2024-01-01",
        "+.nan",
        "-0x1",
        "1:30",
        "e3",
    ];
    for text in texts {
        assert_eq!(clean(text).value, Value::String(text.to_owned()));
    }
    for text in ["~", "null", "Null", "NULL", "---", "!!null x\n"] {
        let expected = matches!(clean(text).value, Value::Null);
        assert_eq!(expected, !text.contains('x'), "{text}");
    }
    assert_eq!(clean("True").value, Value::Bool(true));
    assert_eq!(clean("'true'").value, Value::String("true".to_owned()));
    assert_eq!(clean("!!str 12").value, Value::String("12".to_owned()));
    assert_eq!(clean("!!int '12'").value, Value::Number("12".to_owned()));
    assert_eq!(clean("! 12").value, Value::String("12".to_owned()));
    assert_eq!(clean("0x1F").as_i64(), Some(31));
    assert_eq!(clean("-.inf").as_f64(), Some(f64::NEG_INFINITY));
}

#[test]
fn keys_are_texts() {
    let root = clean("1: a\ntrue: b\n~: c\n[x, y]: d\n&k 2: e\nf: *k\n*k : g\n");
    let keys: Vec<&str> = root
        .entries()
        .iter()
        .map(|entry| entry.key.as_str())
        .collect();
    assert_eq!(keys, ["1", "true", "~", "[x, y]", "2", "f", "2"]);
    assert_eq!(
        root.get("f").expect("a value").value,
        Value::Number("2".to_owned())
    );
}

#[test]
fn repeated_keys_are_told() {
    let document = parse("a: 1\nb:\n  c: 1\n  'c': 2\na: 3\n", 10);
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
    assert_eq!(
        told,
        [("c", 20, 27), ("a", 10, 34)].map(|(key, a, b)| (key, a, b))
    );
    let root = document.root.expect("a value");
    assert_eq!(root.get("a").and_then(Node::as_i64), Some(3));
}

#[test]
fn merge_keys_are_resolved() {
    let text = "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\n\
        one: {<<: *x, b: 3}\nmany: {d: 4, <<: [*x, *y]}\nquoted: {'<<': *x}\n";
    let root = clean(text);
    let show = |pointer: &str| -> Vec<String> {
        let node = root.pointer(pointer).expect("a value");
        let entries = node.entries().iter();
        entries
            .map(|entry| format!("{}={}", entry.key, entry.value.span.of(text)))
            .collect()
    };
    assert_eq!(show("/one"), ["a=1", "b=3"]);
    assert_eq!(show("/many"), ["d=4", "a=1", "b=1", "c=2"]);
    assert_eq!(show("/quoted"), ["<<=*x"]);
    let document = parse("<<: a\nb: c\n", 0);
    assert_eq!(
        errors(&document),
        [(4, "`<<` takes a mapping or a list of mappings")]
    );
    assert!(document.root.expect("a value").get("b").is_some());
}

#[test]
fn what_was_complete_stays() {
    let cases = [
        ("name: a\ndescription: Use for: x\n", "name", 28),
        ("name: a\ntools: [b, c\n", "name tools", 21),
        ("name: a\nb:\n\tc: d\n", "name", 11),
        ("name: a\nb: c\n\td: e\n", "name", 13),
        ("name: a\nb: *c\n", "name", 11),
        ("name: a\nb: 'c\n", "name", 11),
        ("name: a\n---\nb: c\n", "name", 8),
        ("name: a\nb:\n  c: d\n e: f\n", "name b", 19),
        ("name: a\nb: &x [*x]\n", "name", 15),
        ("name: a\nb: @c\n", "name", 11),
    ];
    for (text, expected, at) in cases {
        let document = parse(text, 0);
        let root = document
            .root
            .as_ref()
            .unwrap_or_else(|| panic!("{text:?} {document:?}"));
        let keys: Vec<&str> = root
            .entries()
            .iter()
            .map(|entry| entry.key.as_str())
            .collect();
        assert_eq!(keys.join(" "), expected, "{text:?} {document:?}");
        let found = errors(&document);
        assert_eq!(found.len(), 1, "{text:?}");
        assert_eq!(found[0].0, at, "{text:?} {found:?}");
    }
}

#[test]
fn depth_and_repetition_are_limited() {
    let levels = |line: &dyn Fn(usize) -> String| (0..300).map(line).collect::<Vec<_>>().concat();
    let deep = [
        "- ".repeat(100_000),
        "[".repeat(100_000),
        "? ".repeat(100_000),
        "{a: ".repeat(100_000),
        levels(&|level| format!("{}a:\n", " ".repeat(level))),
        levels(&|level| format!("- &a{} [*a{level}]\n", level + 1)).replacen("*a0", "x", 1),
    ];
    for text in &deep {
        let document = parse(text, 0);
        let found = errors(&document);
        assert_eq!(found.len(), 1, "{text:.40}");
        assert_eq!(found[0].1, "nested deeper than 128 levels", "{text:.40}");
    }
    assert_eq!(parse(&format!("{}a", "- ".repeat(128)), 0).errors, []);

    let bomb = levels(&|level| format!("- &a{} [*a{level}, *a{level}]\n", level + 1))
        .replacen("*a0, *a0", "x, x", 1);
    let long = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(100_000),
        "*a,".repeat(1000)
    );
    for text in [bomb, long] {
        let found = parse(&text, 0).errors;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "aliases repeat more than 100000 values");
    }
}

#[test]
fn an_empty_text_has_no_value() {
    for text in ["", "\n", "# a\n", "\u{feff}", "...\n"] {
        assert_eq!(parse(text, 0), Document::default(), "{text:?}");
    }
}

/// Every span of a document.
fn spans(document: &Document) -> Vec<Span> {
    fn walk(node: &Node, found: &mut Vec<Span>) {
        found.push(node.span);
        for item in node.items() {
            walk(item, found);
        }
        for entry in node.entries() {
            found.push(entry.key_span);
            walk(&entry.value, found);
        }
    }
    let mut found: Vec<Span> = document.errors.iter().map(|error| error.span).collect();
    let duplicates = document.duplicates.iter();
    found.extend(duplicates.flat_map(|duplicate| [duplicate.first, duplicate.again]));
    if let Some(root) = &document.root {
        walk(root, &mut found);
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn never_panics_and_spans_fit(
        text in prop_oneof![
            ".{0,60}",
            "(\u{feff})?([-?:,\\[\\]{}#&*!|>'\"%@`<~. \n\r\t\\\\a1é😀]){0,40}",
            "(- |\\? |: |a: |&a |\\*a|!t |'é'|\"\\\\\"\"|\\[|\\]|\\{|\\}|, |<<: |\\||>-|---|\n|\n  |\n    |# é|😀|\r\n|\t){0,24}",
        ],
    ) {
        for span in spans(&parse(&text, 0)) {
            prop_assert!(text.get(span.start as usize..span.end as usize).is_some(), "{:?} {:?}", text, span);
        }
    }
}

#[test]
fn lists_closed_too_far_left_are_joined_as_often_as_is_affordable() {
    let errors = |lists: usize| parse(&"a: [\n]\n".repeat(lists), 0).errors.len();
    assert_eq!((errors(50), errors(200)), (0, 1));
    let most = |length: usize| super::flow::most_joins(&" ".repeat(length));
    assert_eq!((most(0), most(100_000), most(10_000_000)), (100, 41, 4));
}

#[test]
fn all_documents_are_read() {
    let documents = super::parse_all("a: 1\n---\nb: 2\nb: 3\n---\n- [\n");
    assert_eq!(documents.len(), 3);
    let second = documents.get(1).unwrap();
    assert_eq!(second.duplicates.len(), 1);
    assert_eq!(
        documents.iter().map(|one| one.errors.len()).sum::<usize>(),
        1
    );
    let first = parse("a: 1\n---\nb: 2\n", 0);
    assert!(super::is_followed(&first));
    assert!(!super::is_followed(second));
}
