//! What holds for every text.

use std::time::Instant;

use baton_source::{Span, Spanned};
use proptest::prelude::*;

use super::super::{Part, Script, Word, inner, parse, parse_excerpt};
use crate::excerpt::Excerpt;

const PIECES: &[&str] = &[
    "'",
    "\"",
    "`",
    "$",
    "$(",
    "$((",
    "${",
    "$'",
    "$\"",
    "$[",
    "((",
    "(",
    ")",
    "))",
    "{",
    "}",
    "[[",
    "]]",
    "[",
    "]",
    "\\",
    "\\\n",
    "\n",
    "\r\n",
    " ",
    ";",
    ";;",
    "&",
    "&&",
    "||",
    "|",
    "<",
    "<<",
    "<<-",
    "<<<",
    "<(",
    ">",
    ">&",
    "#",
    "!",
    "=",
    "a=(",
    "a",
    "é",
    "EOF",
    "*",
    "@(",
    "~",
    ",",
    "..",
    "if ",
    "then ",
    "fi",
    "for ",
    "in ",
    "do ",
    "done",
    "case ",
    "esac",
    "function ",
    "f()",
    ":-",
    "coproc ",
    "time ",
    "sudo ",
    "bash -c ",
];

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|all| all.concat()),
        ".{0,80}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn places_fit_and_words_follow_each_other(text in texts()) {
        assert_script(&text, &text);
    }

    #[test]
    fn an_excerpt_is_read_as_its_text(text in texts(), offset in 0_usize..90) {
        let mut excerpt = Excerpt::default();
        excerpt.push(&text, offset);
        let (shifted, errors) = parse_excerpt(&excerpt);
        let (script, plain) = parse(&text);
        prop_assert_eq!(errors.len(), plain.len());
        prop_assert_eq!(shifted.list.statements.len(), script.list.statements.len());
        for (there, here) in errors.iter().zip(&plain) {
            prop_assert_eq!(there.span, here.span.shifted(offset));
        }
    }
}

fn assert_script(text: &str, what: &str) {
    let (script, errors) = parse(text);
    for error in &errors {
        assert_fits(text, error.span, what);
    }
    for comment in &script.comments {
        assert_fits(text, *comment, what);
    }
    assert_commands(text, &script, what);
}

fn assert_commands(text: &str, script: &Script, what: &str) {
    for visit in script.simple_commands() {
        assert_fits(text, visit.whole.span, what);
        let mut last = 0;
        for word in &visit.command.words {
            assert!(last <= word.span.start, "{what:?}: {:?}", word.span);
            last = word.span.end;
            assert_word(text, word, what);
        }
        let _ = inner(&visit.command.words);
        for redirection in &visit.whole.redirections {
            assert_fits(text, redirection.span, what);
        }
    }
}

fn assert_word(text: &str, word: &Word, what: &str) {
    assert_fits(text, word.span, what);
    for part in &word.parts {
        assert_part(text, part, what);
    }
    let excerpt = word.static_excerpt().map(|excerpt| excerpt.text);
    assert_eq!(excerpt, word.static_text());
}

fn assert_part(text: &str, part: &Part, what: &str) {
    assert_fits(text, part.span(), what);
}

fn assert_fits(text: &str, span: Span, what: &str) {
    let range = span.start as usize..span.end as usize;
    assert!(text.get(range).is_some(), "{what:?}: {span:?}");
}

#[test]
fn deep_texts_end() {
    for piece in [
        "(",
        "$(",
        "$((",
        "((",
        "{ ",
        "\"$(",
        "${a:-",
        "`\\`",
        "if ",
        "a=(",
        "@(",
        "[[ (",
        "<(",
        "case x in a) ",
        "f() ",
        "coproc ",
        "! ",
        "time ",
        "{a,",
        "function f ",
        "$[",
        "a[",
        "\"${x:-\"",
        "'",
        "<<E ",
        "a |",
        "a &&\n",
        "while ",
        "for x in ",
        "${x[",
        "x=`",
        "\\\n",
    ] {
        let text = piece.repeat(20_000);
        let start = Instant::now();
        let (script, _) = parse(&text);
        let _ = script.simple_commands();
        assert!(start.elapsed().as_secs() < 5, "{piece:?} takes too long");
    }
}

#[test]
fn depth_is_reported_once() {
    let (_, errors) = parse(&"(".repeat(1_000));
    let deep = |message: &str| message.contains("nested deeper");
    let found = errors.iter().filter(|error| deep(&error.message)).count();
    assert_eq!(found, 1);
}
