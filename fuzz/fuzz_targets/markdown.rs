//! Markdown: every place fits, and every list is sorted by where its members start.
#![no_main]

use baton_fuzz::{assert_fits, assert_in_order};
use baton_syntax::front_matter;
use baton_syntax::markdown::{self, Markdown};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let body = front_matter::split(text).found().map(|found| found.body);
    for from in [Some(0), body].into_iter().flatten() {
        let outline = markdown::parse(text, from);
        assert_outline(text, &outline);
        assert_parts(text, &outline);
    }
});

fn assert_outline(text: &str, outline: &Markdown) {
    assert_fits(text, outline.body);
    assert_in_order(text, &outline.headings);
    assert_in_order(text, &outline.fences);
    assert_in_order(text, &outline.codes);
    assert_in_order(text, &outline.links);
    assert_in_order(text, &outline.definitions);
    assert_in_order(text, &outline.tables);
    assert_in_order(text, &outline.html);
    assert_in_order(text, &outline.comments);
    assert_in_order(text, &outline.details);
    assert_in_order(text, &outline.items);
    assert_in_order(text, &outline.paragraphs);
    assert_in_order(text, &outline.quotes);
    assert_eq!(
        markdown::anchors(&outline.headings).len(),
        outline.headings.len()
    );
}

fn assert_parts(text: &str, outline: &Markdown) {
    for heading in &outline.headings {
        assert!((1..=6).contains(&heading.level));
        assert_fits(text, heading.text_span);
        assert_fits(text, outline.section(heading));
        assert_eq!(heading.text, heading.text.trim());
    }
    for fence in &outline.fences {
        assert_fits(text, fence.info_span);
        assert_fits(text, fence.content);
        assert!(fence.span.start <= fence.content.start);
        assert!(fence.content.end <= fence.span.end);
    }
    for link in &outline.links {
        assert_fits(text, link.destination_span);
    }
    for definition in &outline.definitions {
        assert_fits(text, definition.destination_span);
    }
    for table in &outline.tables {
        assert_in_order(text, &table.header);
        for row in &table.rows {
            assert_in_order(text, row);
            assert_eq!(row.len(), table.header.len(), "a ragged row");
        }
    }
    for comment in &outline.comments {
        assert_fits(text, comment.content);
        assert!(outline.is_comment(comment.span.start));
    }
}
