//! What must hold for every text, shared by the targets.
//!
//! A target reads a text with one parser and asserts this; libFuzzer finds the texts.

pub mod nodes;
pub mod templates;

use baton_source::{Span, Spanned, SyntaxError};

/// Asserts that a span lies in the text and cuts no character.
///
/// # Panics
/// If it does not.
pub fn assert_fits(text: &str, span: Span) {
    let (start, end) = (span.start as usize, span.end as usize);
    assert!(start <= end, "{span:?} ends before it starts");
    assert!(text.is_char_boundary(start), "{span:?} starts nowhere");
    assert!(text.is_char_boundary(end), "{span:?} ends nowhere");
}

/// Asserts that all of them fit the text.
///
/// # Panics
/// If one does not.
pub fn assert_all_fit<'a, T: Spanned + 'a>(text: &str, all: impl IntoIterator<Item = &'a T>) {
    for one in all {
        assert_fits(text, one.span());
    }
}

/// Asserts that all of them fit the text and none starts before the one it follows.
///
/// # Panics
/// If one does not fit or stands out of order.
pub fn assert_in_order<T: Spanned>(text: &str, all: &[T]) {
    let mut last = 0;
    for one in all {
        let span = one.span();
        assert_fits(text, span);
        assert!(last <= span.start, "{span:?} comes after {last}");
        last = span.start;
    }
}

/// Asserts that errors fit the text and say something.
///
/// # Panics
/// If one does not.
pub fn assert_errors(text: &str, errors: &[SyntaxError]) {
    for error in errors {
        assert_fits(text, error.span);
        assert!(!error.message.is_empty(), "an error without a message");
        assert!(!error.message.ends_with('.'), "{:?}", error.message);
    }
}
