//! What the outline says about small texts.

use std::fmt::Debug;

use baton_source::{Span, Spanned};

use super::{Cell, Markdown, parse, within};

mod links;
mod lists;
mod properties;

/// Holds what `read` says about each text against what is expected.
fn check<T, E>(cases: &[(&str, E)], read: impl Fn(&str, &Markdown) -> T)
where
    T: PartialEq<E> + Debug,
    E: Debug,
{
    for (text, expected) in cases {
        let found = read(text, &parse(text, 0));
        assert_eq!(found, *expected, "{text:?}");
    }
}

fn sources<T: Spanned>(text: &str, parts: &[T]) -> Vec<String> {
    let source = |part: &T| part.span().of(text).to_owned();
    parts.iter().map(source).collect()
}

#[test]
fn headings_know_their_texts() {
    // level, whole, source of the text, rendered text
    let cases = [
        ("# a", [("1", "# a", "a", "a")]),
        ("## a ##\r\n", [("2", "## a ##", "a", "a")]),
        ("  ### a #  \n", [("3", "### a #  ", "a", "a")]),
        ("#\ta #\n", [("1", "#\ta #", "a", "a")]),
        ("# a#\n", [("1", "# a#", "a#", "a#")]),
        ("# a \\#\n", [("1", "# a \\#", "a \\#", "a #")]),
        ("# a # b\n", [("1", "# a # b", "a # b", "a # b")]),
        ("###### a ### \n", [("6", "###### a ### ", "a", "a")]),
        ("#\n", [("1", "#", "", "")]),
        ("## ##\n", [("2", "## ##", "", "")]),
        (
            "# `a` *b* ~~c~~",
            [("1", "# `a` *b* ~~c~~", "`a` *b* ~~c~~", "a b c")],
        ),
        ("# 🏛️ a", [("1", "# 🏛️ a", "🏛️ a", "🏛️ a")]),
        (
            "# [a](b) ![c](d)",
            [("1", "# [a](b) ![c](d)", "[a](b) ![c](d)", "a")],
        ),
        (
            "# a<br>b &amp; c",
            [("1", "# a<br>b &amp; c", "a<br>b &amp; c", "a b & c")],
        ),
        ("a\n===\n", [("1", "a\n===", "a", "a")]),
        ("a\nb\n---\n", [("2", "a\nb\n---", "a\nb", "a b")]),
        ("#a\r\n---\r\n", [("2", "#a\r\n---", "#a", "#a")]),
        (
            "> a\n> b\n> ===\n",
            [("1", "a\n> b\n> ===", "a\n> b", "a b")],
        ),
        ("- # a #\n", [("1", "# a #", "a", "a")]),
        ("\u{feff}# a\n", [("1", "# a", "a", "a")]),
    ];
    for (text, [(level, span, raw, rendered)]) in cases {
        let markdown = parse(text, 0);
        let [heading] = markdown.headings.as_slice() else {
            panic!("{text:?} has headings {:?}", markdown.headings);
        };
        assert_eq!(heading.level.to_string(), level, "{text:?}");
        assert_eq!(heading.span.of(text), span, "{text:?}");
        assert_eq!(heading.text_span.of(text), raw, "{text:?}");
        assert_eq!(
            (heading.raw.as_str(), heading.text.as_str()),
            (raw, rendered)
        );
    }
}

#[test]
fn only_headings_are_headings() {
    let none = [
        "#a",
        "\\# a",
        "    # a",
        "\t# a",
        "```\n# a\n```",
        "~~~\n# a\n",
        "<!--\n# a\n-->",
        "<div>\n# a\n</div>",
        "####### a",
        "- a\n---",
        "|a|\n|-|",
        "",
    ];
    for text in none {
        assert_eq!(parse(text, 0).headings, [], "{text:?}");
    }
}

#[test]
fn tells_style_and_place() {
    check(
        &[
            ("# a", vec![(true, true)]),
            ("a\n=", vec![(false, true)]),
            ("#a\n=", vec![(false, true)]),
            ("> # a", vec![(true, false)]),
            ("- # a\n\n# b", vec![(true, false), (true, true)]),
            ("1. a\n   -\n", vec![(false, false)]),
            (
                "[^1]:\n    # a\n\nb[^1]\n\n# c",
                vec![(true, false), (true, true)],
            ),
        ],
        |_, markdown| {
            let told = |one: &super::Heading| (one.atx, one.top_level);
            markdown.headings.iter().map(told).collect::<Vec<_>>()
        },
    );
}

#[test]
fn sections_end_at_their_peers() {
    let text = "# a\n1\n## b\n2\n> # q\n> 3\n\n### c\n4\n## d\n5\n# e\n";
    let markdown = parse(text, 0);
    let section = |index: usize| {
        let section = markdown.section(&markdown.headings[index]);
        section.of(text).to_owned()
    };
    assert_eq!(
        section(0),
        "\n1\n## b\n2\n> # q\n> 3\n\n### c\n4\n## d\n5\n"
    );
    assert_eq!(section(1), "\n2\n> # q\n> 3\n\n### c\n4\n");
    assert_eq!(section(2), "\n> 3\n\n### c\n4\n## d\n5\n");
    assert_eq!(section(3), "\n4\n");
    assert_eq!(section(5), "\n");
    let names = |found: Vec<&super::Heading>| -> Vec<String> {
        found.iter().map(|one| one.text.clone()).collect()
    };
    assert_eq!(names(markdown.h1().collect()), ["a", "e"]);
    assert_eq!(names(markdown.h2().collect()), ["b", "d"]);
    let inside = within(&markdown.headings, markdown.section(&markdown.headings[1]));
    assert_eq!(sources(text, inside), ["# q", "### c"]);
}

#[test]
fn fences_know_info_and_content() {
    let cases = [
        ("```sh\na\n```\n", ("sh", "sh", "a\n", "a\n", true)),
        (
            "```\r\na\r\nb\r\n```\r\n",
            ("", "", "a\r\nb\r\n", "a\nb\n", true),
        ),
        (
            "````  sh x \n```\n`````\nz",
            ("sh x", "sh x", "```\n", "```\n", true),
        ),
        (
            "~~~ a`b\n~~\n```\n~~~",
            ("a`b", "a`b", "~~\n```\n", "~~\n```\n", true),
        ),
        ("``` a\\*b\n```", ("a*b", "a\\*b", "", "", true)),
        ("```\n\n```", ("", "", "\n", "\n", true)),
        ("```sh\na\n", ("sh", "sh", "a\n", "a\n", false)),
        ("```sh", ("sh", "sh", "", "", false)),
        ("```sh\n", ("sh", "sh", "", "", false)),
        ("````\na\n```\n", ("", "", "a\n```\n", "a\n```\n", false)),
        (
            "```\na\n``` b\n",
            ("", "", "a\n``` b\n", "a\n``` b\n", false),
        ),
        (
            "- ```sh\n  a\n\n  b\n  ```\n",
            ("sh", "sh", "a\n\n  b\n", "a\n\nb\n", true),
        ),
        (
            "> ```\n> a\n> b\n> ```\n",
            ("", "", "a\n> b\n", "a\nb\n", true),
        ),
        ("> ```\n> a\n\nb", ("", "", "a\n", "a\n", false)),
        ("> ```\n> ```\n", ("", "", "", "", true)),
        (
            "  ```\n  a\n b\n  ```\n",
            ("", "", "a\n b\n", "a\nb\n", true),
        ),
    ];
    for (text, (info, info_source, content, code, closed)) in cases {
        let markdown = parse(text, 0);
        let [fence] = markdown.fences.as_slice() else {
            panic!("{text:?} has fences {:?}", markdown.fences);
        };
        assert!(fence.fenced, "{text:?}");
        assert_eq!(fence.info, info, "{text:?}");
        assert_eq!(fence.info_span.of(text), info_source, "{text:?}");
        assert_eq!(fence.content.of(text), content, "{text:?}");
        assert_eq!(fence.code, code, "{text:?}");
        assert_eq!(fence.closed, closed, "{text:?}");
    }
}

#[test]
fn indented_code_is_code() {
    let text = "a\n\n    b\n\n      c\n\nd `e` f\n\n```\ng\n```\nh <!-- i --> j";
    let markdown = parse(text, 0);
    let found = |name: char| u32::try_from(text.find(name).unwrap()).unwrap();
    let code: String = ('a'..='j')
        .filter(|name| markdown.is_code(found(*name)))
        .collect();
    assert_eq!(code, "bcg");
    let spans: String = ('a'..='j')
        .filter(|name| markdown.is_code_span(found(*name)))
        .collect();
    assert_eq!(spans, "e");
    let comments: String = ('a'..='j')
        .filter(|name| markdown.is_comment(found(*name)))
        .collect();
    assert_eq!(comments, "i");
    assert_eq!(markdown.fences[0].code, "b\n\n  c\n");
    assert_eq!(markdown.fences[0].content.of(text), "b\n\n      c\n");
    assert!(!markdown.fences[0].fenced);
}

#[test]
fn tables_know_their_cells() {
    let cells = |row: &Vec<Cell>| -> Vec<(String, String)> {
        row.iter()
            .map(|cell| (cell.raw.clone(), cell.text.clone()))
            .collect()
    };
    let cases = [
        ("|a|b|\n|-|-|\n|c|d|", "a=a b=b / c=c d=d"),
        ("a | b\r\n-|-\r\nc | d\r\n", "a=a b=b / c=c d=d"),
        ("| a\\|b |\n|-|\n| `c\\|d` |", "a\\|b=a|b / `c\\|d`=c|d"),
        ("| **a** |\n|:-:|\n| [b](c) |", "**a**=a / [b](c)=b"),
        ("|a|b|\n|-|-|\n|c|\n", "a=a b=b / c=c ="),
        ("|a|\n|-|\n|c|d|\n", "a=a / c=c"),
        ("|a|\n|-|\n||\n|  |\n", "a=a / = / ="),
        ("> |a|\n> |-|\n> |b|\n", "a=a / b=b"),
        ("- |a|\n  |-|\n  |b<br>c|\n", "a=a / b<br>c=b c"),
    ];
    for (text, expected) in cases {
        let markdown = parse(text, 0);
        let table = &markdown.tables[0];
        let rows: Vec<String> = std::iter::once(&table.header)
            .chain(&table.rows)
            .map(|row| {
                let parts: Vec<String> = cells(row)
                    .iter()
                    .map(|(raw, text)| format!("{raw}={text}"))
                    .collect();
                parts.join(" ")
            })
            .collect();
        assert_eq!(rows.join(" / "), expected, "{text:?}");
    }
    let text = "x\n\n|a|b|\n|-|-|\n|c|\n\ny";
    let table = &parse(text, 0).tables[0];
    assert_eq!(table.span.of(text), "|a|b|\n|-|-|\n|c|");
    assert_eq!(table.rows[0][1].span, Span::at(text.find("\n\ny").unwrap()));
}

#[test]
fn finds_comments_outside_code() {
    let read = |text: &str, markdown: &Markdown| -> Vec<String> {
        let content = |one: &super::Comment| one.content.of(text).to_owned();
        markdown.comments.iter().map(content).collect()
    };
    let none: Vec<&str> = Vec::new();
    check(
        &[
            ("<!-- a -->", vec![" a "]),
            ("x <!--a--> y <!--b-->", vec!["a", "b"]),
            (
                "<!--\na\n\nb\n--> c <!-- d -->\n",
                vec!["\na\n\nb\n", " d "],
            ),
            ("<div><!-- a -->\n<!-- b --></div>", vec![" a ", " b "]),
            ("<!-- a", vec![" a"]),
            ("<!-- a\n\n# b\n", vec![" a\n\n# b"]),
            ("<!-->\n\na", vec![""]),
            ("a <!---> b", vec![""]),
            ("> <!-- a\n> b -->", vec![" a\n> b "]),
            ("- <!-- a -->\n", vec![" a "]),
            ("|<!--a-->|\n|-|\n", vec!["a"]),
            ("# a <!-- b -->", vec![" b "]),
            ("`<!-- a -->`", none.clone()),
            ("```\n<!-- a -->\n```", none.clone()),
            ("    <!-- a -->", none.clone()),
            ("\\<!-- a -->", none.clone()),
            ("a <!-- b", none),
        ],
        read,
    );
}

#[test]
fn finds_details() {
    check(
        &[
            (
                "<details>\n<summary>a</summary>\n\nb\n\n</details>",
                vec!["<details>"],
            ),
            (
                "<DETAILS open>\n<details\nclass='>'>",
                vec!["<DETAILS open>", "<details\nclass='>'>"],
            ),
            ("a <details> b", vec!["<details>"]),
            ("<detailsx>", vec![]),
            ("</details>", vec![]),
            ("<!-- <details> -->", vec![]),
            ("```\n<details>\n```\n`<details>`", vec![]),
        ],
        |text, markdown| sources(text, &markdown.details),
    );
    check(
        &[
            (
                "<p>\na\n</p>\n\nb <i>c</i>\n",
                vec!["<p>\na\n</p>", "<i>", "</i>"],
            ),
            ("a\n", vec![]),
        ],
        |text, markdown| sources(text, &markdown.html),
    );
}

#[test]
fn items_keep_their_own_text() {
    let text =
        "- a *b*\n  - c\n\n    d\n- [x] e\n\n      f\n- [ ] `g`\n\n7. h\n9. > i\n   > - j\n\n";
    let markdown = parse(text, 0);
    let told: Vec<(usize, &str, Option<u64>, Option<bool>)> = markdown
        .items
        .iter()
        .map(|item| (item.depth, item.text.as_str(), item.number, item.task))
        .collect();
    assert_eq!(
        told,
        [
            (0, "a b", None, None),
            (1, "c d", None, None),
            (0, "e", None, Some(true)),
            (0, "g", None, Some(false)),
            (0, "h", Some(7), None),
            (0, "i", Some(8), None),
            (1, "j", None, None),
        ]
    );
    assert_eq!(markdown.items[1].span.of(text), "- c\n\n    d");
    assert_eq!(sources(text, &markdown.quotes), ["> i\n   > - j"]);
    assert_eq!(
        sources("a\nb\n\nc\n", &parse("a\nb\n\nc\n", 0).paragraphs),
        ["a\nb", "c"]
    );
}

#[test]
fn blanks_at_the_end_belong_to_no_item() {
    check(
        &[
            ("- a\n  - b\n\n\nc", vec!["- a\n  - b", "- b"]),
            ("- - a\n\n\n", vec!["- - a", "- a"]),
            ("- a\n-\n\n- b\n", vec!["- a", "-", "- b"]),
        ],
        |text, markdown| sources(text, &markdown.items),
    );
}

#[test]
fn starts_at_the_body() {
    let front = "---\nname: é\n---\n";
    let text = format!("{front}# a\n\n[b][c] `d`\n\n[c]: e\n");
    let markdown = parse(&text, front.len());
    assert_eq!(sources(&text, &markdown.headings), ["# a"]);
    assert_eq!(sources(&text, &markdown.links), ["[b][c]"]);
    assert_eq!(markdown.links[0].destination_span.of(&text), "e");
    assert_eq!(sources(&text, &markdown.codes), ["`d`"]);
    for nowhere in [text.len(), text.len() + 1, text.find('é').unwrap() + 1] {
        let empty = parse(&text, nowhere);
        assert_eq!(
            (empty.headings.len(), empty.body),
            (0, Span::at(text.len()))
        );
    }
}
