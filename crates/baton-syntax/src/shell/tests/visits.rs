//! Where commands run.

use super::super::{Context, Status, parse};

/// The context of the first `grep`.
fn context(text: &str) -> Context {
    let (script, errors) = parse(text);
    assert!(errors.is_empty(), "{text:?}: {errors:?}");
    let visits = script.simple_commands();
    let found = visits
        .iter()
        .find(|visit| visit.command.name().as_deref() == Some("grep"));
    found.unwrap().context
}

#[test]
fn the_status_has_an_owner() {
    use Status::{Decides, Lost, Piped, Tested};
    for (text, status) in [
        ("grep x f", Decides),
        ("a && grep x f", Decides),
        ("grep x f && a", Tested),
        ("grep x f || true", Tested),
        ("! grep x f", Tested),
        ("if grep x f; then a; fi", Tested),
        ("if a; then grep x f; fi", Decides),
        ("if a; then grep x f; fi || b", Tested),
        ("while grep x f; do a; done", Tested),
        ("while a; do grep x f; done", Decides),
        ("grep x f | head", Piped),
        ("a | grep x", Decides),
        ("grep x f &", Lost),
        ("y=$(grep x f)", Decides),
        ("y=$(grep x f) || a", Tested),
        ("y=$(grep x f; a)", Lost),
        ("y=$(grep x f) a", Lost),
        ("echo \"$(grep x f)\"", Lost),
        ("a <(grep x f)", Lost),
        ("( grep x f )", Decides),
        ("{ grep x f; } | a", Piped),
        ("f() { grep x f; }", Decides),
        ("case $(grep x f) in y) z;; esac", Lost),
    ] {
        assert_eq!(context(text).status, status, "{text:?}");
    }
}

#[test]
fn errexit_is_read_from_top_to_bottom() {
    for (text, errexit) in [
        ("grep x f", false),
        ("set -e\ngrep x f", true),
        ("set -euo pipefail; grep x f", true),
        ("set -o errexit\ngrep x f", true),
        ("set +H && set -e\ngrep x f", true),
        ("set -e\nset +e\ngrep x f", false),
        ("set +e\ngrep x f", false),
        ("set -- -e\ngrep x f", false),
        ("(set -e)\ngrep x f", false),
        ("set -e\n(set +e; a)\ngrep x f", true),
        ("#!/bin/sh -e\ngrep x f", true),
        ("echo set -e\ngrep x f", false),
    ] {
        assert_eq!(context(text).errexit, errexit, "{text:?}");
    }
}

#[test]
fn pipes_and_negation_are_told() {
    let found = context("set -o pipefail\na | grep x | b");
    assert!(found.piped_from && found.piped_to && found.pipefail);
    assert!(context("! grep x").negated);
    assert!(context("a $(grep x)").substituted);
    assert!(context("until grep x; do a; done").condition);
}
