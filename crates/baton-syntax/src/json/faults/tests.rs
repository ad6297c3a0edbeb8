//! What is told about texts that are no JSON, and that nothing is overlooked.

use proptest::prelude::*;

use super::{Fault, FaultKind, faults};
use crate::json::{Dialect, parse};

/// Each fault as `text of the span|what it is`.
fn told(text: &str, dialect: Dialect) -> Vec<String> {
    let tell = |fault: &Fault| {
        let what = match &fault.kind {
            FaultKind::Syntax(message) => message.clone(),
            FaultKind::RepeatedKey { key, first } => format!("{key} again, first {}", first.start),
            other => format!("{other:?}"),
        };
        format!("{}|{what}", fault.span.of(text))
    };
    faults(text, dialect).iter().map(tell).collect()
}

#[test]
fn json_has_no_faults() {
    for text in [
        "null",
        " {\n} ",
        "[[], {}, \"\", -0, 1.5e-10, 0E+1]\r\n",
        r#"{"a": ["\u00e9\n\ud83d\ude00 \/", true], "b": {"a": false}}"#,
        "\"\u{2028}\u{7f}\"",
    ] {
        assert_eq!(told(text, Dialect::Strict), [""; 0], "{text:?}");
        assert_eq!(told(text, Dialect::WithComments), [""; 0], "{text:?}");
    }
}

#[test]
fn what_the_dialect_allows_is_no_fault() {
    let text = "\u{feff}// one\n{\"a\": [1, /* two */ 2,],\n}";
    assert_eq!(
        told(text, Dialect::Strict),
        [
            "\u{feff}|ByteOrderMark",
            "// one|Comment",
            "/* two */|Comment",
            ",|TrailingComma",
            ",|TrailingComma",
        ]
    );
    assert_eq!(told(text, Dialect::WithComments), [""; 0]);
}

#[test]
fn several_faults_are_told() {
    let cases: &[(&str, &[&str])] = &[
        (
            "{a: 'b' \"c\": NaN, \"d\" 1, \"e\":}",
            &[
                "a|the key `a` needs double quotes",
                "'b'|text needs double quotes",
                "|a comma is missing",
                "NaN|JSON has no `NaN`",
                "|a colon is missing after the key",
                "|a value is missing",
            ],
        ),
        (
            r#"["\x", "\u12", "\ud800", "\udc00\ud800\n"]"#,
            &[
                "\\x|`\\x` is no escape; a backslash is written as `\\\\`",
                "\\u12|`\\u` needs four hexadecimal digits",
                "\\ud800|LoneSurrogate",
                "\\udc00|LoneSurrogate",
                "\\ud800|LoneSurrogate",
            ],
        ),
        (
            "[01, +1, .5, 5., 0x1F, 1e, True, None]",
            &[
                "01|`01`: numbers have no leading zeros",
                "+1|`+1`: numbers have no plus sign",
                ".5|`.5`: a digit must stand before the point",
                "5.|`5.`: a digit must stand after the point",
                "0x1F|`0x1F`: numbers are decimal",
                "1e|`1e`: this is no number of JSON",
                "True|`True` is not JSON; `true` and `false` are in lower case",
                "None|`None` is not JSON; no value is `null`",
            ],
        ),
        (
            "{\"a\": 1, \"b\": {\"a\": 2}, \"a\": \"x\ty\"}",
            &[
                "\"a\"|a again, first 1",
                "\t|the control character U+0009 must be written as `\\u0009`",
            ],
        ),
        (
            "[\u{a0}1,,2]",
            &[
                "\u{a0}|only spaces, tabs and line breaks may stand between values, not U+00A0",
                ",|nothing stands before this comma",
            ],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text, Dialect::Strict), *expected, "{text:?}");
    }
}

#[test]
fn the_end_is_told_where_it_went_wrong() {
    for (text, expected) in [
        ("", "|the file is empty"),
        ("\u{feff}\n", "|the file is empty"),
        (
            "{\"a\": [1, 2",
            "[|the list that begins here is never closed",
        ),
        (
            "{\"a\": \"b\n}",
            "\"|the text that begins here is not closed on its line",
        ),
        (
            "{}\n{}",
            "|the text goes on after its value; JSON holds one value",
        ),
        ("[}", "}|the list before this `}` is still open"),
        ("[1] # one", "#|`#` has no meaning here"),
        ("/* ", "/*|the comment that begins here is never closed"),
        ("/*/", "/*|the comment that begins here is never closed"),
        ("1,", ",|a comma stands outside of lists and objects"),
        ("{:1}", ":|no key stands before this colon"),
        ("{[]}", "[|a key must stand here, in double quotes"),
    ] {
        let last = told(text, Dialect::WithComments).pop();
        assert_eq!(last.as_deref(), Some(expected), "{text:?}");
    }
    assert_eq!(
        told(&"[".repeat(1000), Dialect::Strict),
        ["[|nested deeper than 128 levels"]
    );
}

#[test]
fn a_text_of_another_language_ends_soon() {
    let text = "key: value\n".repeat(1000);
    assert!(told(&text, Dialect::Strict).len() <= 10);
}

/// Whether a text may be read: repeated keys are allowed, and so is a mark before it.
fn is_readable(text: &str, dialect: Dialect) -> bool {
    let harmless = |fault: &Fault| {
        matches!(
            fault.kind,
            FaultKind::RepeatedKey { .. } | FaultKind::ByteOrderMark
        )
    };
    faults(text, dialect).iter().all(harmless)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn both_readers_agree(parts in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"a\"", "\"\\u00e9\"", "\"\\ud83d\\ude00\"", "\"\\ud800\"",
        "\"\\q\"", "1", "-0", "01", "1.", "1e5", "true", "nul", "// c\n", "/* c */", "/", "/*", "'",
        "\u{feff}", "\u{a0}", " ", "\n", "\t", "\"", "\u{1}", "é",
    ]), 0..12)) {
        let text: String = parts.concat();
        for dialect in [Dialect::Strict, Dialect::WithComments] {
            let has_tree = parse(&text, dialect).root.is_some();
            prop_assert_eq!(is_readable(&text, dialect), has_tree, "{:?} {:?}", text, dialect);
        }
    }

    #[test]
    fn spans_are_on_characters(text in "[\\[\\]{}\",:\\\\u0-9a/*'é\u{feff}\n ]{0,40}") {
        for fault in faults(&text, Dialect::Strict) {
            prop_assert!(text.get(fault.span.start as usize..fault.span.end as usize).is_some());
        }
    }
}
