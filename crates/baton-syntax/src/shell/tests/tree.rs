//! What the tree says.

use super::super::{
    CommandKind, Inner, PartKind, RedirectionOperator, Script, Word, inner, parse, parse_excerpt,
};
use crate::excerpt::Excerpt;
use crate::markdown;

fn read(text: &str) -> Script {
    let (script, errors) = parse(text);
    assert!(errors.is_empty(), "{text:?}: {errors:?}");
    script
}

/// The words of every simple command, `?` for those that nobody can tell.
fn commands(script: &Script) -> Vec<String> {
    let words = |words: &[Word]| -> Vec<String> {
        let text = |word: &Word| word.static_text().unwrap_or_else(|| "?".to_owned());
        words.iter().map(text).collect()
    };
    let visits = script.simple_commands();
    visits
        .iter()
        .map(|visit| words(&visit.command.words).join(" "))
        .collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(commands(&read(text)), expected, "{text:?}");
}

#[test]
fn words_are_unquoted() {
    check("r''m -\"r\"f a\\ b", &["rm -rf a b"]);
    check("r\\\nm x", &["rm x"]);
    check("\\rm $'a\\x41\\101\\n'", &["rm aAA\n"]);
    check("echo \"a\\\"b\\c\" 'd\\'", &["echo a\"b\\c d\\"]);
    check("echo $x *.md ~ {a,b} {} a{b", &["echo ? ? ? ? {} a{b"]);
    check("[ a = b ]", &["[ a = b ]"]);
    check("ls [a-z] a[", &["ls ? a["]);
}

#[test]
fn nested_commands_are_found() {
    check("echo $(a `b`) <(c)", &["echo ? ?", "a ?", "b", "c"]);
    check("x=$(a) y=${z:-$(b)} c", &["c", "a", "b"]);
    check("f() { a; }; function g { b; }", &["a", "b"]);
    check("cat <<E\n$(a)\nE\nb", &["cat", "a", "b"]);
    check("cat <<'E'\n$(a)\nE\nb", &["cat", "b"]);
    check("echo `a \\`b\\``", &["echo ?", "a ?", "b"]);
    check("for x in $(a); do b; done", &["a", "b"]);
    check("[[ $(a) == b ]] && ((x = $(c)))", &["a", "c"]);
    check(
        "if a; then b; else c; fi; case x in y) d;; esac",
        &["a", "b", "c", "d"],
    );
}

#[test]
fn redirections_tell_their_target() {
    let script = read("a 2> /dev/null >>'b c' 3>&1 <<< d");
    let visits = script.simple_commands();
    let found: Vec<_> = visits[0]
        .whole
        .redirections
        .iter()
        .map(|one| {
            let target = one.target.static_text().unwrap_or_default();
            (one.descriptor.as_deref(), one.operator, target)
        })
        .collect();
    let expected = [
        (Some("2"), RedirectionOperator::Write, "/dev/null"),
        (None, RedirectionOperator::Append, "b c"),
        (Some("3"), RedirectionOperator::DuplicateOutput, "1"),
        (None, RedirectionOperator::HereString, "d"),
    ];
    let expected: Vec<_> = expected
        .map(|(fd, operator, target)| (fd, operator, target.to_owned()))
        .into();
    assert_eq!(found, expected);
}

#[test]
fn here_documents_keep_their_text() {
    let text = "cat <<A <<-'B' > x\none $two\nA\n\tthree $four\n\tB\nls\n";
    let script = read(text);
    let bodies: Vec<_> = script
        .here_docs
        .iter()
        .map(|body| body.span.of(text))
        .collect();
    assert_eq!(bodies, ["one $two\n", "\tthree $four\n"]);
    assert_eq!(script.here_docs[0].parts.len(), 3);
    assert!(script.here_docs[1].quoted && script.here_docs[1].closed);
}

#[test]
fn parameters_tell_what_is_done() {
    let script = read("echo ${x:-a} ${#y} ${z[1]%b} ${!w}");
    let visits = script.simple_commands();
    let found: Vec<_> = visits[0].command.words[1..]
        .iter()
        .map(|word| match &word.parts[0].kind {
            PartKind::Parameter(one) => (
                one.prefix.as_str(),
                one.name.as_str(),
                one.operator.as_str(),
            ),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        found,
        [
            ("", "x", ":-"),
            ("#", "y", ""),
            ("", "z", "%"),
            ("!", "w", "")
        ]
    );
}

#[test]
fn assignments_are_no_words() {
    let script = read("a=1 b+=2 c[3]=4 d=(5 6) e f=7");
    let visits = script.simple_commands();
    let simple = visits[0].command;
    let names: Vec<_> = simple
        .assignments
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["a", "b", "c", "d"]);
    assert_eq!(simple.words.len(), 2);
    assert!(simple.assignments[1].append);
}

#[test]
fn errors_stand_where_they_are() {
    for (text, at, message) in [
        ("echo 'a", 5, "the single quote is not closed"),
        ("a; fi; b", 3, "unexpected `fi`"),
        ("if a; then b", 0, "`if` has no `fi`"),
        ("az show --name <name>", 20, "the redirection names no file"),
        ("a && \n", 6, "expected a command after the operator"),
    ] {
        let (_, errors) = parse(text);
        let found: Vec<_> = errors
            .iter()
            .map(|error| (error.span.start, error.message.as_str()))
            .collect();
        assert_eq!(found, [(at, message)], "{text:?}");
    }
}

#[test]
fn what_stands_after_an_error_is_read() {
    let (script, errors) = parse("a ) ; rm b\nfi; c");
    assert_eq!(errors.len(), 2);
    assert_eq!(commands(&script), ["a", "rm b", "c"]);
}

#[test]
fn wrappers_tell_what_they_run() {
    for (text, expected) in [
        ("sudo -u root rm x", Some("rm x")),
        ("sudo -E A=b -- rm x", Some("rm x")),
        ("env -i A=b rm x", Some("rm x")),
        ("timeout -k 5 10 rm x", Some("rm x")),
        ("xargs -0 -n 1 rm", Some("rm")),
        ("find . -exec rm {} \\;", Some("rm {}")),
        ("/usr/bin/nice -n5 rm x", Some("rm x")),
        ("command rm x", Some("rm x")),
        ("command -v rm", None),
        ("ls x", None),
        ("bash -euo pipefail -c 'a; b'", Some("a; b")),
        ("sh script -c x", None),
        ("eval 'a b'", Some("a b")),
    ] {
        let script = read(text);
        let visits = script.simple_commands();
        let found = inner(&visits[0].command.words).map(|found| match found {
            Inner::Words(words) => {
                let texts: Vec<_> = words.iter().filter_map(Word::static_text).collect();
                texts.join(" ")
            }
            Inner::Text(word) => word.static_text().unwrap_or_default(),
        });
        assert_eq!(found.as_deref(), expected, "{text:?}");
    }
}

#[test]
fn quoted_commands_keep_their_places() {
    let text = "bash -c \"rm \\\"x y\\\"; `a \\`b\\``\" 'c d'";
    let script = read(text);
    let visits = script.simple_commands();
    let (inner, errors) = parse_excerpt(&visits[0].command.words[3].static_excerpt().unwrap());
    assert!(errors.is_empty());
    assert_eq!(inner.list.span.of(text), "c d");
    let nested: Vec<_> = visits
        .iter()
        .map(|visit| visit.whole.span.of(text))
        .collect();
    assert_eq!(nested[1..], ["a \\`b\\`", "b"]);
}

#[test]
fn fences_in_lists_keep_their_places() {
    let text = "1. Do\r\n\r\n   ```sh\r\n   a |\r\n     rm x\r\n   ```\r\n";
    let outline = markdown::parse(text, 0);
    let excerpt = Excerpt::of_fence(text, &outline.fences[0]);
    let (script, errors) = parse_excerpt(&excerpt);
    assert!(errors.is_empty());
    let visits = script.simple_commands();
    let found: Vec<_> = visits
        .iter()
        .map(|visit| visit.whole.span.of(text))
        .collect();
    assert_eq!(found, ["a", "rm x"]);
}

#[test]
fn transcripts_give_their_commands() {
    let mut excerpt = Excerpt::default();
    excerpt.push("$ a \\\n  b\nrm out\n$ c |\n> d\n> e\n", 10);
    let commands = excerpt.console().unwrap();
    assert_eq!(commands.text, "a \\\n  b\nc |\nd\ne\n");
    assert_eq!(commands.source(0), 12);
    assert_eq!(commands.source(8), 29);
    excerpt.text = "a\n> b\n".to_owned();
    assert_eq!(excerpt.console(), None);
}

#[test]
fn names_to_be_filled_in_are_words() {
    for (text, expected) in [
        ("az --name <the name> <x>y", "az --name xxxxxxxxxx xxxy"),
        ("sort <in >out <a 2>b", "sort <in >out <a 2>b"),
        ("cat <<EOF >x\n<É>", "cat <<EOF >x\nxxxx"),
        ("a <(b) > c < d", "a <(b) > c < d"),
        ("< <", "< <"),
    ] {
        let mut excerpt = Excerpt::default();
        excerpt.push(text, 0);
        excerpt.hide_names_in_brackets();
        assert_eq!(excerpt.text, expected);
    }
}

#[test]
fn the_first_line_may_ask_for_errexit() {
    assert!(read("#!/bin/bash -eu\na").errexit);
    assert!(!read("#!/usr/bin/env bash\na").errexit);
}

#[test]
fn functions_of_both_spellings_have_names() {
    for text in ["f() { a; }", "function f { a; }", "function f() { a; }"] {
        let script = read(text);
        let command = &script.list.statements[0].pipelines[0].commands[0];
        let CommandKind::Function { name, body } = &command.kind else {
            panic!("{text:?}: {command:?}");
        };
        assert_eq!(name.bare(), Some("f"));
        assert!(body.is_some());
    }
}
