//! Shell: every place fits, words follow each other, and a moved text is read the same.
#![no_main]

use baton_fuzz::{assert_errors, assert_fits, assert_in_order};
use baton_syntax::excerpt::Excerpt;
use baton_syntax::shell::{self, Script};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (script, errors) = shell::parse(text);
    assert_errors(text, &errors);
    assert_in_order(text, &errors);
    assert_script(text, &script);
    let mut excerpt = Excerpt::default();
    excerpt.push(text, 7);
    let (moved, again) = shell::parse_excerpt(&excerpt);
    assert_eq!(moved.list.statements.len(), script.list.statements.len());
    for (there, here) in again.iter().zip(&errors) {
        assert_eq!(there.span, here.span.shifted(7));
    }
});

fn assert_script(text: &str, script: &Script) {
    for comment in &script.comments {
        assert_fits(text, *comment);
    }
    for body in &script.here_docs {
        assert_fits(text, body.span);
    }
    for visit in script.simple_commands() {
        assert_fits(text, visit.whole.span);
        assert_in_order(text, &visit.command.assignments);
        assert_in_order(text, &visit.command.words);
        assert_in_order(text, &visit.whole.redirections);
        let _ = shell::inner(&visit.command.words);
        for word in &visit.command.words {
            let excerpt = word.static_excerpt().map(|excerpt| excerpt.text);
            assert_eq!(excerpt, word.static_text());
            assert_in_order(text, &word.parts);
        }
    }
}
