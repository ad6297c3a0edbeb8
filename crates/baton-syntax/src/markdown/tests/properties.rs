//! What holds for every text.

use baton_source::{Span, Spanned};
use proptest::prelude::*;

use crate::markdown::{LinkKind, Markdown, parse};

/// Pieces that Markdown gives a meaning to.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "#",
        "##",
        " ",
        "  ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "a",
        "é",
        "🏛️",
        "\u{feff}",
        "\0",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "~~~",
        "[",
        "]",
        "(",
        ")",
        "[a](b)",
        "![",
        "](",
        "<",
        ">",
        "> ",
        "- ",
        "1. ",
        "|",
        "|-|\n",
        "---",
        "===",
        "<!--",
        "-->",
        "<details>",
        "<ab:c>",
        "[a]: b\n",
        "[^1]",
        "[^1]: ",
        ":",
        "\\",
        "\\|",
        "&amp;",
        "\"",
        "'",
        "[ ] ",
        "<br>",
        "[a][]",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|all| all.concat())
}

fn spans(markdown: &Markdown) -> Vec<Vec<Span>> {
    fn of<T: Spanned>(all: &[T]) -> Vec<Span> {
        all.iter().map(Spanned::span).collect()
    }
    vec![
        of(&markdown.headings),
        of(&markdown.fences),
        of(&markdown.codes),
        of(&markdown.links),
        of(&markdown.definitions),
        of(&markdown.tables),
        of(&markdown.html),
        of(&markdown.comments),
        of(&markdown.details),
        of(&markdown.items),
        of(&markdown.paragraphs),
        of(&markdown.quotes),
    ]
}

fn inner_spans(markdown: &Markdown) -> Vec<(Span, Span)> {
    let mut all = Vec::new();
    all.extend(
        markdown
            .headings
            .iter()
            .map(|one| (one.span, one.text_span)),
    );
    all.extend(markdown.fences.iter().map(|one| (one.span, one.info_span)));
    all.extend(markdown.fences.iter().map(|one| (one.span, one.content)));
    all.extend(markdown.comments.iter().map(|one| (one.span, one.content)));
    all.extend(
        markdown
            .definitions
            .iter()
            .map(|one| (one.span, one.destination_span)),
    );
    let direct = markdown
        .links
        .iter()
        .filter(|one| one.kind != LinkKind::Reference);
    all.extend(direct.map(|one| (one.span, one.destination_span)));
    for table in &markdown.tables {
        let cells = table.header.iter().chain(table.rows.iter().flatten());
        all.extend(cells.map(|cell| (table.span, cell.span)));
    }
    all
}

fn holds_together(text: &str, body: usize) -> Result<(), TestCaseError> {
    let markdown = parse(text, body);
    for list in spans(&markdown) {
        prop_assert!(
            list.is_sorted_by_key(|span| span.start),
            "{list:?} of {text:?}"
        );
        for span in list {
            let range = span.start as usize..span.end as usize;
            prop_assert!(text.get(range).is_some(), "{span:?} of {text:?}");
            prop_assert!(span.start >= markdown.body.start);
        }
    }
    for (outer, inner) in inner_spans(&markdown) {
        let whole = inner.start >= outer.start && inner.end <= outer.end;
        prop_assert!(whole, "{inner:?} in {outer:?} of {text:?}");
        let range = inner.start as usize..inner.end as usize;
        prop_assert!(text.get(range).is_some(), "{inner:?} of {text:?}");
    }
    for link in &markdown.links {
        let written = link.destination_span.of(text);
        let plain = !written.contains(['\\', '&', '\0']);
        prop_assert!(
            !plain || written == link.destination,
            "{link:?} of {text:?}"
        );
    }
    for heading in &markdown.headings {
        let section = markdown.section(heading);
        prop_assert!(section.end as usize <= text.len() && section.start <= section.end);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read(text in ".*", body in 0..20_usize) {
        holds_together(&text, body)?;
    }

    #[test]
    fn any_markup_is_read(text in pieces(), body in 0..8_usize) {
        holds_together(&text, body)?;
    }
}
