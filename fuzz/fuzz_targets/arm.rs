//! ARM: expressions and templates have places, and their values can be asked for.
#![no_main]

use baton_fuzz::assert_fits;
use baton_fuzz::templates::assert_template;
use baton_iac::{arm, arm_lowering};
use baton_syntax::json::{self, Dialect};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let arm::Text::Expression(Err(error)) = arm::text(text) {
        assert_fits(text, error.span);
    }
    let flat = arm_lowering::flattened(text);
    assert_eq!(flat.len(), text.len(), "bytes moved");
    let Some(root) = json::parse(&flat, Dialect::WithComments).root else {
        return;
    };
    if let Some((template, errors)) = arm_lowering::lower(text, &root) {
        for error in &errors {
            assert_fits(text, error.span);
        }
        assert_template(text, &template);
    }
});
