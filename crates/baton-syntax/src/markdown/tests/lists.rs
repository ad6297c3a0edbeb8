//! Lists, text as written, footnotes and references to nothing.

use baton_source::Span;

use super::sources;
use crate::markdown::{List, Markdown, parse};

fn lists(text: &str) -> Vec<List> {
    parse(text, 0).lists
}

fn spans(text: &str) -> Vec<String> {
    let lists = lists(text);
    let spans = lists.iter().map(|list| list.span.of(text).to_owned());
    spans.collect()
}

#[test]
fn lists_end_with_their_last_content() {
    assert_eq!(spans("- a\n- b\n\n\ntext"), ["- a\n- b"]);
    assert_eq!(spans("> 1. a\n>\n> b"), ["1. a"]);
    assert_eq!(spans("- a\n\n[b]: c\n"), ["- a"]);
    assert_eq!(spans("- a\n\n  [b]: c\n"), ["- a\n\n  [b]: c"]);
    assert_eq!(spans("- a\n  - b\n- c"), ["- a\n  - b\n- c", "- b"]);
    assert_eq!(spans("-\n"), ["-"]);
    assert_eq!(spans("- a\n\n [b]: c\n"), ["- a"]);
    assert_eq!(spans("- a\n\t- b\n"), ["- a\n\t- b", "- b"]);
    assert_eq!(spans("- ```\n  x\n  ```\n"), ["- ```\n  x\n  ```"]);
}

#[test]
fn markers_stand_behind_the_indentation() {
    let text = "  10) a\n  11) b\n";
    let markers = |text: &str, list: &List| sources(text, &list.markers);
    for list in lists(text) {
        assert!(list.ordered);
        assert_eq!(markers(text, &list), ["10)", "11)"]);
    }
}

#[test]
fn depths_are_counted() {
    let depths = |text: &str| -> Vec<(usize, Option<usize>, bool)> {
        let of = |list: &List| (list.depth, list.bullets, list.in_footnote);
        lists(text).iter().map(of).collect()
    };
    assert_eq!(
        depths("- a\n  - b\n    1. c\n       - d\n"),
        [
            (0, Some(0), false),
            (1, Some(1), false),
            (2, None, false),
            (3, None, false)
        ]
    );
    assert_eq!(
        depths("- a\n  > - b\n"),
        [(0, Some(0), false), (1, Some(0), false)]
    );
    assert_eq!(depths("[^1]\n\n[^1]:\n    - a\n"), [(0, Some(0), true)]);
}

#[test]
fn words_know_what_they_belong_to() {
    let text = "a *b_c* d \\* [e](f) `g`\n\n- h\n\n  i\n";
    let Markdown { words, inlines, .. } = parse(text, 0);
    let groups = words.iter().map(|one| (one.span.of(text), one.in_link));
    let expected = [
        ("a ", false),
        ("b_c", false),
        (" d ", false),
        ("* ", false),
        ("e", true),
        (" ", false),
        ("h", false),
        ("i", false),
    ];
    assert!(groups.eq(expected), "{words:?}");
    let group = |at: usize| words.get(at).map(|one| one.group);
    assert_eq!(group(0), group(2));
    assert_eq!(group(0), group(5));
    assert_ne!(group(0), group(1));
    assert_ne!(group(6), group(7));
    let inlines: Vec<&str> = inlines.iter().map(|span: &Span| span.of(text)).collect();
    assert_eq!(inlines, ["a *b_c* d \\* [e](f) `g`", "h", "i"]);
}

#[test]
fn references_to_nothing_are_found() {
    let text = "[a][b] [c][] [d] [e]\n\n[e]: f\n";
    let undefined = parse(text, 0).undefined;
    let found = undefined
        .iter()
        .map(|one| (one.span.of(text), one.label.as_str(), one.shortcut));
    let found: Vec<(&str, &str, bool)> = found.collect();
    assert_eq!(
        found,
        [
            ("[a][b]", "b", false),
            ("[c][]", "c", false),
            ("[d]", "d", true)
        ]
    );
}

#[test]
fn footnotes_and_their_uses_are_found() {
    let text = "a[^x] b[^y]\n\n[^x]: note\n";
    let Markdown {
        footnotes,
        footnote_uses,
        ..
    } = parse(text, 0);
    assert!(footnotes.iter().map(|one| &one.label).eq(["x"]));
    assert!(
        footnote_uses
            .iter()
            .map(|one| one.span.of(text))
            .eq(["[^x]"])
    );
}
