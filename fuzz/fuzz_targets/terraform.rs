//! Terraform: tokens leave out nothing but blanks, templates and their values have places.
#![no_main]

use baton_fuzz::templates::assert_template;
use baton_fuzz::{assert_errors, assert_fits, assert_in_order};
use baton_iac::terraform::{self, scanner};
use baton_source::Span;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut end = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    for token in scanner::tokens(text) {
        assert_fits(text, token.span);
        assert!(!token.span.is_empty(), "an empty token");
        assert!(end <= token.span.start as usize, "tokens overlap");
        assert_blank(text, Span::new(end, token.span.start as usize));
        end = token.span.end as usize;
    }
    assert_blank(text, Span::new(end, text.len()));
    assert_in_order(text, &terraform::comments(text));

    let (template, errors) = terraform::parse(text);
    assert_errors(text, &errors);
    assert_template(text, &template);
});

fn assert_blank(text: &str, gap: Span) {
    let lost = gap.of(text);
    assert!(lost.chars().all(char::is_whitespace), "lost {lost:?}");
}
