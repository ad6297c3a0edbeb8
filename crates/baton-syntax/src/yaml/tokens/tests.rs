use super::{TokenKind, tokens};

fn shown(text: &str) -> Vec<String> {
    let read = tokens(text);
    assert_eq!(read.stopped, None, "{text:?}");
    let signs = read.tokens.iter();
    let signs = signs.map(|token| match token.kind {
        kind if kind.is_scalar() => token.span.of(text).to_owned(),
        TokenKind::Alias | TokenKind::Anchor | TokenKind::Tag => token.span.of(text).to_owned(),
        TokenKind::Key => "key".to_owned(),
        TokenKind::MappingStart => "<map".to_owned(),
        TokenKind::SequenceStart => "<list".to_owned(),
        TokenKind::BlockEnd => ">".to_owned(),
        _ => token.span.of(text).to_owned(),
    });
    signs.collect()
}

#[test]
fn blocks_begin_and_end() {
    let text = "a:\n  - b: 1\n    c: x y\n  - d\ne:\n- f\n";
    let expected = [
        "<map", "key", "a", ":", "<list", "-", "<map", "key", "b", ":", "1", "key", "c", ":",
        "x y", ">", "-", "d", ">", "key", "e", ":", "-", "f", ">",
    ];
    assert_eq!(shown(text), expected);
}

#[test]
fn flow_and_quotes() {
    let text = "{a: 1, \"b\":2, 'c d': [x, y:z], e: http://x/y}\n";
    let expected = [
        "{",
        "key",
        "a",
        ":",
        "1",
        ",",
        "key",
        "\"b\"",
        ":",
        "2",
        ",",
        "key",
        "'c d'",
        ":",
        "[",
        "x",
        ",",
        "y:z",
        "]",
        ",",
        "key",
        "e",
        ":",
        "http://x/y",
        "}",
    ];
    assert_eq!(shown(text), expected);
}

#[test]
fn block_scalars_keep_their_lines() {
    let text = "a: |\n  one\n   # two\n\n# no\nb: >-\n\n  x\n";
    let expected = [
        "<map",
        "key",
        "a",
        ":",
        "|\n  one\n   # two",
        "key",
        "b",
        ":",
        ">-\n\n  x",
        ">",
    ];
    assert_eq!(shown(text), expected);
    let comments = tokens(text).comments;
    let comments: Vec<_> = comments.iter().map(|one| one.span.of(text)).collect();
    assert_eq!(comments, ["# no"]);
}

#[test]
fn comments_know_what_stands_before_them() {
    let text = "# top\n- a # one\n  # two\n- b#c\n";
    let read = tokens(text);
    let comments = read.comments.iter();
    let comments: Vec<_> = comments
        .map(|one| (one.span.of(text), one.column, one.is_inline))
        .collect();
    let expected = [("# top", 0, false), ("# one", 4, true), ("# two", 2, false)];
    assert_eq!(comments, expected);
}

#[test]
fn documents_and_directives() {
    let text = "%YAML 1.1\n---\na\n...\n--- # x\n&b !c d\n";
    assert_eq!(
        shown(text),
        ["%YAML 1.1", "---", "a", "...", "---", "&b", "!c", "d"]
    );
}

#[test]
fn reading_stops_where_a_sign_cannot_stand() {
    for text in ["a: b: c\n", "a: ]\n", "a: 'x\n", "- @x\n", "a:\n  b\nc\n"] {
        assert!(tokens(text).stopped.is_some(), "{text:?}");
    }
}
