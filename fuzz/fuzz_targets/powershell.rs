//! PowerShell: every place fits, and words follow each other.
#![no_main]

use baton_fuzz::{assert_errors, assert_fits, assert_in_order};
use baton_syntax::powershell::{self, Part, PartKind, Script};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (script, errors) = powershell::parse(text);
    assert_errors(text, &errors);
    assert_script(text, &script);
});

fn assert_script(text: &str, script: &Script) {
    assert_in_order(text, &script.pipelines);
    for pipeline in &script.pipelines {
        assert_in_order(text, &pipeline.commands);
        for command in &pipeline.commands {
            assert_in_order(text, &command.words);
            assert_in_order(text, &command.redirections);
            for word in &command.words {
                assert_parts(text, &word.parts);
            }
        }
    }
}

fn assert_parts(text: &str, parts: &[Part]) {
    for part in parts {
        assert_fits(text, part.span);
        match &part.kind {
            PartKind::DoubleQuoted(parts) => assert_parts(text, parts),
            PartKind::Group(script) | PartKind::Block(script) | PartKind::Table(script) => {
                assert_script(text, script);
            }
            PartKind::Literal(_) | PartKind::SingleQuoted(_) | PartKind::Variable(_) => {}
        }
    }
}
