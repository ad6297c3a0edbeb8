//! Bicep: tokens are the text, errors are in order, templates and their values have places.
#![no_main]

use baton_fuzz::templates::assert_template;
use baton_fuzz::{assert_errors, assert_fits, assert_in_order};
use baton_iac::bicep::{self, DeclarationKind};
use baton_iac::bicep_lowering::{comments, lower};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut end = 0;
    for token in bicep::lex(text) {
        assert_eq!(token.span.start, end);
        assert!(!token.span.is_empty(), "an empty token");
        assert_fits(text, token.span);
        end = token.span.end;
    }
    assert_eq!(end as usize, text.len());
    assert_in_order(text, &comments(text));

    let (file, errors) = bicep::parse(text);
    assert_errors(text, &errors);
    assert_in_order(text, &errors);
    let mut end = 0;
    for declaration in &file.declarations {
        assert_fits(text, declaration.span);
        assert!(end <= declaration.span.start, "declarations overlap");
        end = declaration.span.end;
        assert_all_decorators_fit(text, declaration);
    }
    let is_broken = |one: &bicep::Declaration| one.kind == DeclarationKind::Broken;
    if file.declarations.iter().any(is_broken) {
        assert!(!errors.is_empty(), "broken without a word");
    }
    assert_template(text, &lower(text, &file));
});

fn assert_all_decorators_fit(text: &str, declaration: &bicep::Declaration) {
    assert_fits(text, declaration.keyword);
    for decorator in &declaration.decorators {
        assert_fits(text, decorator.span);
    }
    if let Some(name) = declaration.name() {
        assert_eq!(name.span.of(text), name.text);
    }
}
