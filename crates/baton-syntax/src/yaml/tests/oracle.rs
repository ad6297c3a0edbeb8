//! The same values as another YAML reader, on texts of every kind a repository holds.

use serde_yaml::Value as Theirs;

use super::parse;
use crate::node::{Node, Value};

/// Texts that both read alike.
const TEXTS: &[&str] = &[
    // Front matter as it is found.
    "name: a\ndescription: \"b: c\"\nmodel: ['x-5.5']\n",
    "tools: [read,\n  \"azure/*\",\n  edit,]\n",
    "agents: [\"a, b\", c]\nuser-invocable: true # y\n",
    "description: >\n  one\n  two\n\n  three\nname: b\n",
    "description: >-\n  one\n   indented\n  two\nname: b\n",
    "description: |\n  one\n\n  two  \n\n\nname: b\n",
    "description: |+\n  one\n\nname: b\n",
    "description: \"say \\\"hi\\\" \\u00e9\\n\\x41\\t\"\nother: 'it''s \\n'\n",
    "description: one\n  two\n  three\nname: b\n",
    "description: \"one\n  two\\\n  three\n\n  four\"\n",
    "description: 'one\n\n  two'\n",
    "metadata:\n  a: 1\n  b:\n    - c\n    - d: e\n      f: g\nagents:\n",
    "handoffs:\n- label: a\n  agent: b\n  send: false\n- label: c # d\n",
    "name: a\r\ndescription: >\r\n  one\r\n  two\r\ntools: [b,\r\n  c]\r\n",
    "applyTo: \"**/*.{bicep,tf}\"\nglobs: '**/x'\n",
    "name: é\ndescription: ü 😀 — “x” # ö\nother: ['ß', 日本]\n",
    "a: \"b\" # c\nd: 'e' # f\n",
    "argument-hint: a [b] {c}\nurl: https://x.y/z#w\ntime: 12:30\n",
    "a: #b\nc: d#e\nf: ' # '\n",
    "version: 1.2.3\nschema: 1.0\ndate: 2024-01-01\n",
    "tools: [\n  read, # é\n  'b # c', # d\n  # e\n]\nname: [\nb\n,\n{c: d\n}\n]\n",
    "a:\n  b: [ # é\n    'c',\n  ]\n  d: {\n    e: f\n  }\n",
    "a: [\r\n  b,\r\n]\r\n",
    // Scalars.
    "[1, -2, +3, 1.5, .5, 1e3, -1.5E-3, 0x1f, 0o17, .inf, -.inf]",
    "[true, True, FALSE, null, ~, Null, yes, no, on, off, y, n]",
    "['', \"\", ' ', '1', \"true\", 'null']",
    "[18446744073709551615, -9223372036854775808]",
    "[1_000, 1:30, 0x, 1e, 12e03, 1., -a, +a, a:b, \"a\":b]",
    "a:\nb: ~\nc: null\nd: ''\n",
    "plain",
    "'quoted'",
    "- a\n-\n- - b\n  - c\n-\n  - d\n- e: f\n  g: h\n",
    "- [a, [b, {c: d}], {}, []]\n- {e: [f], g: {h: i}}\n",
    "{a: b, c, 'd': e, \"f\":g, h: }",
    "[a: b, c: [d]]",
    "? a\n: b\n? c\n",
    "\"a b\": c\n'd e': f\ng h: i\n",
    "a: !!str 1\nb: !!str true\nc: !!str\n",
    // Block scalars.
    "a: |\n    x\n      y\n     z\n",
    "a: |2\n    x\n   y\n",
    "a: |2-\n    x\nb: >+\n\n  y\n\n\n",
    "a: |  # c\n  x\nb: >1\n   y\n",
    "- |\n a\n- >\n b\n c\n-\n |\n d\n",
    "a: |\nb: >-\n\nc: |+\n\n",
    "run: |\n  if x; then\n    y: z # not a comment\n  fi\n",
    "a: >\n\n  x\n\n  y\n    z\n\n  w\n",
    "a: |\n  x",
    "a: |\n  x\n  ",
    "a: |-\n  x",
    "a: |+\n  x",
    "a: >\n  x\n  y",
    "a: |+\n  x\n\n",
    // Anchors and merge keys.
    "a: &x {b: 1}\nc: *x\nd: [*x, *x]\n",
    "a: &x 1\nb: *x\nc: &y [*x]\nd: *y\n",
    "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n",
    "a: &x {b: 1}\ny: &y {b: 2, c: 3}\nd:\n  <<: [*x, *y]\n  e: 4\n",
    "a: &x\n  b: 1\nc: &y\n  <<: *x\nd:\n  <<: *y\n",
    // Around the document.
    "---\na: b\n",
    "--- a\n",
    "%YAML 1.2\n---\na: b\n...\n",
    "# c\n\n# d\na: b # e\n# f\n",
    "---\n",
    "a: b\n\n\n",
    "a:   b   \nc  :  d\n",
];

/// Texts that both refuse.
const WRONG: &[&str] = &[
    "description: Use for: x\n",
    "a: [b\n",
    "a: 'b\n",
    "a: b\n c: d\n",
    "a:\n  b: c\n d: e\n",
    "a: *b\n",
    "a: b\n---\nc: d\n",
    "a: @b\n",
    "a:\n\tb: c\n",
    "a: b\n- c\n",
    "a: 'b' c\n",
    "[a, b]]",
    "a: \"\\q\"\n",
    "a: {b: c\nd: e\n",
];

#[test]
fn reads_what_the_other_reads() {
    for text in TEXTS {
        let document = parse(text, 0);
        assert_eq!(document.errors, [], "{text:?}");
        let mut theirs: Theirs = serde_yaml::from_str(text).expect(text);
        // Once does not reach a merge inside what was merged.
        theirs.apply_merge().expect(text);
        theirs.apply_merge().expect(text);
        let ours = document.root.expect("a value");
        assert!(same(&ours, &theirs), "{text:?}\n{ours:?}\n{theirs:?}");
    }
}

#[test]
fn refuses_what_the_other_refuses() {
    for text in WRONG {
        assert_eq!(parse(text, 0).errors.len(), 1, "{text:?}");
        assert!(serde_yaml::from_str::<Theirs>(text).is_err(), "{text:?}");
    }
}

fn same(ours: &Node, theirs: &Theirs) -> bool {
    match (&ours.value, theirs) {
        (Value::Null, Theirs::Null) => true,
        (Value::Bool(ours), Theirs::Bool(theirs)) => ours == theirs,
        (Value::String(ours), Theirs::String(theirs)) => ours == theirs,
        (Value::Number(lexeme), Theirs::Number(theirs)) => {
            (theirs.is_i64() && ours.as_i64() == theirs.as_i64())
                || (theirs.is_u64() && lexeme.parse().ok() == theirs.as_u64())
                || (theirs.is_f64() && ours.as_f64() == theirs.as_f64())
        }
        (Value::Sequence(ours), Theirs::Sequence(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| same(a, b))
        }
        (Value::Mapping(entries), Theirs::Mapping(theirs)) => {
            entries.len() == theirs.len()
                && theirs.iter().all(|(key, value)| {
                    let ours = key.as_str().and_then(|key| ours.get(key));
                    ours.is_some_and(|ours| same(ours, value))
                })
        }
        _ => false,
    }
}
