//! Links, images and definitions.

use super::sources;
use crate::markdown::LinkKind::{self, Autolink, Email, Inline, Reference};
use crate::markdown::{Link, parse};

/// A text with one link; its source, destination, that as written, text and kind.
type Case<'c> = (&'c str, (&'c str, &'c str, &'c str, &'c str, LinkKind));

#[test]
fn inline_links_know_their_destinations() {
    check_links(&[
        ("[a](b)", ("[a](b)", "b", "b", "a", Inline)),
        (
            "[a](<b c> \"t\")",
            ("[a](<b c> \"t\")", "b c", "b c", "a", Inline),
        ),
        ("[a]( b 't' )", ("[a]( b 't' )", "b", "b", "a", Inline)),
        ("[a]()", ("[a]()", "", "", "a", Inline)),
        ("[a](<>)", ("[a](<>)", "", "", "a", Inline)),
        ("[](b)", ("[](b)", "b", "b", "", Inline)),
        ("[a](b\\)c)", ("[a](b\\)c)", "b)c", "b\\)c", "a", Inline)),
        ("[a](b(c)d)", ("[a](b(c)d)", "b(c)d", "b(c)d", "a", Inline)),
        (
            "[a](<b\\>c>)",
            ("[a](<b\\>c>)", "b>c", "b\\>c", "a", Inline),
        ),
        (
            "[a](b&amp;c#d)",
            ("[a](b&amp;c#d)", "b&c#d", "b&amp;c#d", "a", Inline),
        ),
        ("[a\\](x)](b)", ("[a\\](x)](b)", "b", "b", "a](x)", Inline)),
        ("[`](x`](b)", ("[`](x`](b)", "b", "b", "](x", Inline)),
        ("[<i>](b)", ("[<i>](b)", "b", "b", "", Inline)),
        ("[*a* b](c)", ("[*a* b](c)", "c", "c", "a b", Inline)),
        (
            "[a\nb](\nc\n't')",
            ("[a\nb](\nc\n't')", "c", "c", "a b", Inline),
        ),
        ("> [a](\n> b)", ("[a](\n> b)", "b", "b", "a", Inline)),
        ("[a](>b)", ("[a](>b)", ">b", ">b", "a", Inline)),
        ("[[a] b](c)", ("[[a] b](c)", "c", "c", "[a] b", Inline)),
        (
            "| [a](b\\|c) |\n|-|",
            ("[a](b\\|c)", "b|c", "b\\|c", "a", Inline),
        ),
    ]);
}

#[test]
fn other_links_know_their_destinations() {
    check_links(&[
        ("<ab:c>", ("<ab:c>", "ab:c", "ab:c", "ab:c", Autolink)),
        ("<a@b.c>", ("<a@b.c>", "a@b.c", "a@b.c", "a@b.c", Email)),
        ("[a][r]\n\n[r]: b", ("[a][r]", "b", "b", "a", Reference)),
        (
            "[a][R ]\n\n[r]: <b c> 't'",
            ("[a][R ]", "b c", "b c", "a", Reference),
        ),
        (
            "[r][] x\n\n[r]:\n  b\n  't'",
            ("[r][]", "b", "b", "r", Reference),
        ),
        (
            "[r] x\n\n[r]: b (t)\n[r]: c",
            ("[r]", "b", "b", "r", Reference),
        ),
        ("[r]\n\n> [r]:\n> b", ("[r]", "b", "b", "r", Reference)),
        (
            "[a\\]][]\n\n[a\\]]: b",
            ("[a\\]][]", "b", "b", "a]", Reference),
        ),
    ]);
}

fn check_links(cases: &[Case<'_>]) {
    for &(text, (span, destination, written, rendered, kind)) in cases {
        let markdown = parse(text, 0);
        let [link] = markdown.links.as_slice() else {
            panic!("{text:?} has links {:?}", markdown.links);
        };
        assert_eq!(link.span.of(text), span, "{text:?}");
        assert_eq!(link.destination, destination, "{text:?}");
        assert_eq!(link.destination_span.of(text), written, "{text:?}");
        assert_eq!(link.text, rendered, "{text:?}");
        assert_eq!((link.kind, link.image), (kind, false), "{text:?}");
    }
}

#[test]
fn images_stand_inside_links() {
    let found = |text: &str| -> Vec<(String, String, String, bool)> {
        let markdown = parse(text, 0);
        let told = |link: &Link| {
            let written = link.destination_span.of(text).to_owned();
            let source = link.span.of(text).to_owned();
            (source, written, link.text.clone(), link.image)
        };
        markdown.links.iter().map(told).collect()
    };
    let case = |source: &str, written: &str, text: &str, image| {
        (
            source.to_owned(),
            written.to_owned(),
            text.to_owned(),
            image,
        )
    };
    assert_eq!(
        found("[![a](b) c](d 'e')"),
        [
            case("[![a](b) c](d 'e')", "d", "a c", false),
            case("![a](b)", "b", "a", true)
        ]
    );
    assert_eq!(
        found("[![r][]](z)\n\n[r]: q"),
        [
            case("[![r][]](z)", "z", "r", false),
            case("![r][]", "q", "r", true)
        ]
    );
    assert_eq!(
        found("![a [b](c)](d)"),
        [
            case("![a [b](c)](d)", "d", "a b", true),
            case("[b](c)", "c", "b", false)
        ]
    );
    assert_eq!(found("![a][r]"), []);
    assert_eq!(found("`[a](b)` \\[a](b)\n\n    [a](b)\n"), []);
}

#[test]
fn definitions_are_sorted() {
    let text = "[b]: 2 't'\n[a]: <1>\n[a]: 3\n\n```\n[c]: 4\n```\n";
    let markdown = parse(text, 0);
    assert_eq!(
        sources(text, &markdown.definitions),
        ["[b]: 2 't'", "[a]: <1>"]
    );
    let labels: Vec<&str> = markdown
        .definitions
        .iter()
        .map(|one| one.label.as_str())
        .collect();
    assert_eq!(labels, ["b", "a"]);
}
