//! How excerpts look.

use baton_source::{LineIndex, Severity, Span};

use super::{Excerpt, render};
use crate::terminal::Terminal;

fn drawn(text: &str, spans: &[(usize, usize)], unicode: bool) -> String {
    let mut spans = spans.iter().map(|(start, end)| Span::new(*start, *end));
    let excerpt = Excerpt {
        severity: Severity::Error,
        title: "error[some-rule]:".to_owned(),
        message: "it is wrong",
        path: "a/b.md",
        text,
        lines: &LineIndex::new(text),
        span: spans.next(),
        labels: spans.map(|span| (span, "see here".to_owned())).collect(),
        hidden: &[],
        help: Some("Mend it.".to_owned()),
    };
    let terminal = Terminal {
        unicode,
        ..Terminal::PLAIN
    };
    render(terminal, &excerpt)
}

#[test]
fn the_line_is_shown_with_its_place() {
    insta::assert_snapshot!(drawn("one\ntwo three\nfour\n", &[(8, 13)], true), @r#"
    error[some-rule]: it is wrong
       ╭─[a/b.md:2:5]
     2 │ two three
       ·     ─────
       ╰────
      help: Mend it.
    "#);
    insta::assert_snapshot!(drawn("one\ntwo three\nfour\n", &[(8, 13)], false), @r#"
    error[some-rule]: it is wrong
       ,-[a/b.md:2:5]
     2 | two three
       :     ^^^^^
       `----
      help: Mend it.
    "#);
}

#[test]
fn other_places_are_labelled() {
    insta::assert_snapshot!(drawn("one\ntwo three\nfour\n", &[(8, 13), (0, 3)], true), @r#"
    error[some-rule]: it is wrong
       ╭─[a/b.md:2:5]
     1 │ one
       · ─┬─
       ·  ╰── see here
     2 │ two three
       ·     ─────
       ╰────
      help: Mend it.
    "#);
}

#[test]
fn odd_places_are_shown_too() {
    insta::assert_snapshot!(drawn("", &[(0, 0)], true), @r#"
    error[some-rule]: it is wrong
       ╭─[a/b.md:1:1]
     1 │ 
       · ▲
       ╰────
      help: Mend it.
    "#);
    insta::assert_snapshot!(drawn("a\n\nb", &[(2, 2)], true), @r#"
    error[some-rule]: it is wrong
       ╭─[a/b.md:2:1]
     2 │ 
       · ▲
       ╰────
      help: Mend it.
    "#);
    insta::assert_snapshot!(drawn("a\r\nb\r\n", &[(0, 6)], true), @r#"
    error[some-rule]: it is wrong
       ╭─[a/b.md:1:1]
     1 │ a
       · ─
       ╰────
      help: Mend it.
    "#);
    insta::assert_snapshot!(drawn("\u{1b}[31mä b", &[(8, 9)], true), @r#"
    error[some-rule]: it is wrong
       ╭─[a/b.md:1:8]
     1 │ ␛[31mä b
       ·        ─
       ╰────
      help: Mend it.
    "#);
    insta::assert_snapshot!(drawn("a", &[], true), @r#"
    error[some-rule]: it is wrong
       ──[a/b.md]
      help: Mend it.
    "#);
}

#[test]
fn long_lines_are_cut() {
    let text = format!("{}needle{}", "ä".repeat(5_000), "y".repeat(5_000));
    insta::assert_snapshot!(drawn(&text, &[(10_000, 10_006)], true), @r#"
    error[some-rule]: it is wrong
       ╭─[a/b.md:1:5001]
     1 │ …ääääääääääääääääääääääääääääääääääääääääneedleyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
       ·                                          ──────
       ╰────
      help: Mend it.
    "#);
}
