//! YAML: every place fits, and a text further on in its file gives the same tree further on.
#![no_main]

use baton_fuzz::nodes::assert_document;
use baton_fuzz::{assert_all_fit, assert_in_order};
use baton_source::Span;
use baton_syntax::node::Document;
use baton_syntax::yaml;
use libfuzzer_sys::fuzz_target;

const BEFORE: &str = "---\n";

fuzz_target!(|text: &str| {
    let whole = Span::new(0, text.len());
    let document = yaml::parse(text, 0);
    assert_document(text, whole, &document);
    assert_in_order(text, &yaml::comments(text, whole));

    let file = format!("{BEFORE}{text}");
    let part = Span::new(BEFORE.len(), file.len());
    let further = yaml::parse(text, BEFORE.len());
    assert_document(&file, part, &further);
    assert_all_fit(&file, &yaml::comments(&file, part));
    assert_eq!(document.errors.len(), further.errors.len());
    assert_eq!(document.duplicates.len(), further.duplicates.len());
    let place = |document: &Document| document.root.as_ref().map(|root| root.span);
    let expected = place(&document).map(|span| span.shifted(BEFORE.len()));
    assert_eq!(expected, place(&further));
});
