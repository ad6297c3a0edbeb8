//! JSON: strict texts are those another reader accepts, and comments change nothing else.
#![no_main]

use baton_fuzz::nodes::assert_document;
use baton_source::Span;
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let whole = Span::new(0, text.len());
    let strict = json::parse(text, Dialect::Strict);
    let lenient = json::parse(text, Dialect::WithComments);
    for document in [&strict, &lenient] {
        assert_document(text, whole, document);
        assert_eq!(document.root.is_none(), !document.errors.is_empty());
    }
    if strict.errors.is_empty() {
        assert_eq!(strict, lenient);
    }
    let json = text.strip_prefix('\u{feff}').unwrap_or(text);
    let theirs = serde_json::from_str::<serde_json::Value>(json).map_err(|error| error.to_string());
    if !is_deep(&lenient) && !theirs.as_ref().is_err_and(|error| is_limit(error)) {
        let ours = strict.errors.is_empty();
        assert_eq!(ours, theirs.is_ok(), "{theirs:?} {:?}", strict.errors);
    }
});

fn is_deep(document: &Document) -> bool {
    let mut errors = document.errors.iter();
    errors.any(|error| error.message.starts_with("nested deeper"))
}

/// Whether an error of the other reader is about a limit that ours has not.
fn is_limit(error: &str) -> bool {
    error.starts_with("recursion limit") || error.starts_with("number out of range")
}
