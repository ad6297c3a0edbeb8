//! Broken texts: what is said, and what is still read.

use baton_iac::bicep;

use crate::dump;

/// `expected` holds the tree, then `! <text at the error>: <message>` for each error.
#[track_caller]
fn check(text: &str, expected: &str) {
    let (file, errors) = bicep::parse(text);
    let errors = errors
        .iter()
        .map(|error| format!("\n! {}: {}", error.span.of(text), error.message));
    let found = dump::file(&file) + &errors.collect::<String>();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn check_message(text: &str, message: &str) {
    let (_, errors) = bicep::parse(text);
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    let start: String = text.chars().take(80).collect();
    assert_eq!(messages, [message], "{start}");
}

#[test]
fn one_error_for_each_broken_declaration() {
    check(
        "var a = = \nvar b = 1\noutput c\nvar d = 2",
        "(broken)\n(var b 1)\n(broken)\n(var d 2)\n! =: expected a value\n! : expected a type after the output name",
    );
    check(
        "junk here\nand more\nvar a = 1",
        "(broken)\n(var a 1)\n! junk: expected a declaration such as `param`, `var`, `resource`, `module` or `output`",
    );
    check(
        "var a = 1 2\nvar b = 1",
        "(broken)\n(var b 1)\n! 2: expected a line break after the declaration",
    );
}

#[test]
fn a_missing_bracket_does_not_swallow_what_follows() {
    check(
        "var a = {\n  b: 1\n\nparam p string\nvar c = 2",
        "(broken)\n(param p : string)\n(var c 2)\n! {: the `{` that starts here is never closed",
    );
    check(
        "var a = f(1\n@secure()\nparam p string",
        "(broken)\n@(secure) (param p : string)\n! : expected `,` or `)` after the argument",
    );
    check(
        "resource a 'b' = {\n  c 1\n  @batchSize(1)\n  resource d 'e' = {\n  }\n}\nvar f = 1",
        "(broken)\n(var f 1)\n! 1: expected `:` after the property name",
    );
    check(
        "func f() string =>\nparam p string",
        "(broken)\n(param p : string)\n! : the declaration breaks off here",
    );
    check("var a = [\n", "(broken)\n! : expected `]` to end the array");
}

#[test]
fn many_missing_brackets_are_read_again_a_bounded_number_of_times() {
    let opened = "resource a 'b' = {\n".repeat(4_000);
    let (file, errors) = bicep::parse(&format!("{opened}var c = 1"));
    assert_eq!(file.declarations.len(), errors.len() + 1);
    assert!((31..=4_000).contains(&errors.len()), "{}", errors.len());
}

#[test]
fn broken_decorators() {
    check(
        "@a()\n@b(\nparam p string",
        "(broken)\n(param p : string)\n! (: the `(` that starts here is never closed",
    );
    check(
        "@secure() param p string\nvar a = 1",
        "(broken)\n(var a 1)\n! param: expected a line break after the decorator",
    );
    check(
        "@secure()\n",
        "(broken)\n! : expected a declaration after the decorator",
    );
    check(
        "@description('x')\nparam 1\nvar a = 1",
        "(broken)\n(var a 1)\n! 1: expected a parameter name after `param`",
    );
}

#[test]
fn broken_strings() {
    check(
        "var a = 'b\nvar c = 1",
        "(var a 'b')\n(var c 1)\n! 'b: the string is not closed with `'` on its line",
    );
    check(
        "var a = '${b\nvar c = 1",
        "(broken)\n(var c 1)\n! : an interpolation `${…}` must end on the line it starts on",
    );
    check_message("var a = '${}'", "expected a value");
    check_message("var a = '${b c}'", "expected `}` to end the interpolation");
    check_message(
        "var a = '''b",
        "the string that starts here is never closed with `'''`",
    );
    check_message(
        r"var a = 'C:\dir'",
        r"unknown escape, known are `\n`, `\r`, `\t`, `\\`, `\'`, `\$` and `\u{…}`",
    );
    check_message(
        r"var a = '\u{110000}'",
        r"`\u` takes the hexadecimal number of a character in braces, as in `\u{1F600}`",
    );
    check_message("var a = \"b\"", "strings are written in single quotes");
}

#[test]
fn messages() {
    check_message("var a = { b 1 }", "expected `:` after the property name");
    check_message(
        "var a = [1 2]",
        "expected `,` or a line break before the next item",
    );
    check_message(
        "var a = b ? c",
        "expected `:` and the value for when the condition is false",
    );
    check_message(
        "var a = b.",
        "expected a property or function name after `.`",
    );
    check_message("var a = f(1,)", "expected a value");
    check_message("var a = ()", "expected a value before `)`");
    check_message(
        "var a = (b, c)",
        "parentheses hold one value, or the parameters of a lambda before `=>`",
    );
    check_message(
        "var a = f((1, b) => b)",
        "the parameters of a lambda are plain names",
    );
    check_message("var a = 99999999999999999999", "the number is too large");
    check_message("var a = !!b", "expected a value");
    check_message("param p", "expected a type or `=` after the parameter name");
    check_message(
        "resource a = {}",
        "expected a resource type in quotes after the resource name",
    );
    check_message("resource a 'b' = 1", "expected a body in `{…}`");
    check_message(
        "import { 'a' } from 'b'",
        "expected `as` and a name after the name in quotes",
    );
    check_message(
        "var a = 1 /* b",
        "the comment that starts here is never closed with `*/`",
    );
    check_message(
        "var a = 1;",
        "no `;` is needed, a line break ends a declaration",
    );
    check_message("var a = 1 § 2", "unexpected character `§`");
    check_message("type t = 'a' |\n", "expected a type after `|`");
}

#[test]
fn a_comma_at_the_end_of_a_line_keeps_the_declaration() {
    check(
        "var a = [\n  1,\n  2\n]",
        "(var a [1, 2])\n! ,: a comma at the end of a line: items are separated by a comma or by a line break, not by both",
    );
}

#[test]
fn depth_is_limited() {
    let deep = "nested more than 128 levels deep";
    let nested = |open: &str, count: usize, close: &str| {
        format!("var a = {}1{}", open.repeat(count), close.repeat(count))
    };
    for (open, close) in [
        ("[", "]"),
        ("(", ")"),
        ("{ b: ", " }"),
        ("f(", ")"),
        ("'${", "}'"),
        ("b => ", ""),
        ("b ? c : ", ""),
        ("[for b in c: ", "]"),
        ("b[", "]"),
        ("-(", ")"),
        ("1 + (", ")"),
        ("[for b in ", ": c]"),
        ("b ?? c || d && e == f < g + h * -(", ")"),
    ] {
        let (file, errors) = bicep::parse(&nested(open, 12, close));
        assert_eq!(errors, [], "{open}");
        assert_eq!(file.declarations.len(), 1);
        for count in [129, 1_000, 50_000] {
            check_message(&nested(open, count, close), deep);
        }
    }
    for link in [".b", "[0]", "!", "::b", ".b()", " + 1", " ?? 1", " == 1"] {
        let chain = |count: usize| format!("var a = b{}", link.repeat(count));
        assert_eq!(bicep::parse(&chain(120)).1, [], "{link}");
        check_message(&chain(129), deep);
        check_message(&chain(100_000), deep);
    }
    for link in ["[]", "? ", "!", ".b"] {
        check_message(&format!("type a = b{}", link.repeat(100_000)), deep);
    }
    for (open, close) in [("(", ")"), ("[", "]"), ("{ a: ", " }"), ("a<", ">")] {
        let text = format!("type a = {}b{}", open.repeat(1_000), close.repeat(1_000));
        check_message(&text, deep);
    }
    let resources = "resource a 'b' = {\n".repeat(1_000);
    assert!(!bicep::parse(&resources).1.is_empty());
}

#[test]
fn chains_in_chains_are_limited_as_a_whole() {
    let inner = format!("({})", "b".to_owned() + &".c".repeat(70));
    let text = format!("var a = {inner}{}", ".d".repeat(70));
    check_message(&text, "nested more than 128 levels deep");
}
