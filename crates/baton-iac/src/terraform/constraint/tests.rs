//! Types read, and literals held against them.

use super::{constraint, misfits};

/// The messages about `value` as a default of a variable of this type, type errors first.
fn check(kind: &str, value: &str) -> Vec<String> {
    let text = format!("type = {kind}\nvalue = {value}\n");
    let (template, errors) = crate::terraform::parse(&text);
    assert!(errors.is_empty(), "{errors:?}");
    let (wanted, wrong) = constraint(&template.assignments[0].value);
    let wrong = wrong.into_iter().map(|error| error.message);
    let found = misfits(&template.assignments[1].value, &wanted);
    let found = found.into_iter().map(|misfit| misfit.message);
    wrong.chain(found).collect()
}

#[test]
fn values_that_terraform_converts_fit() {
    let cases = [
        ("string", "1"),
        ("string", "true"),
        ("number", "\"12.5\""),
        ("number", "-3"),
        ("bool", "\"true\""),
        ("list(string)", "[1, \"a\", true]"),
        ("set(number)", "[]"),
        ("map(string)", "{ a = 1, (local.b) = \"x\" }"),
        (
            "object({ a = string, b = optional(number) })",
            "{ a = 1, c = [] }",
        ),
        ("tuple([string, number])", "[1, 2]"),
        ("list", "[{}]"),
        ("map", "{}"),
        ("any", "null"),
        ("string", "null"),
        ("list(object({ a = optional(string, \"x\") }))", "[{}]"),
        ("number", "var.x"),
        ("number", "\"${var.x}1\""),
        ("object({ a = string })", "merge({}, {})"),
        ("object({ a = string })", "{ (local.a) = 1 }"),
    ];
    for (kind, value) in cases {
        assert_eq!(check(kind, value), Vec::<String>::new(), "{kind} {value}");
    }
}

#[test]
fn other_values_do_not() {
    let cases = [
        ("string", "[]", "a string is needed, this is a list"),
        ("number", "\"x\"", "a number is needed, this is a string"),
        ("number", "true", "a number is needed, this is a bool"),
        ("bool", "1", "a bool is needed, this is a number"),
        ("bool", "\"yes\"", "a bool is needed, this is a string"),
        (
            "list(string)",
            "\"a\"",
            "a list is needed, this is a string",
        ),
        ("list(string)", "{}", "a list is needed, this is an object"),
        ("list(string)", "[[]]", "a string is needed, this is a list"),
        (
            "map(number)",
            "{ a = \"x\" }",
            "a number is needed, this is a string",
        ),
        ("map(string)", "[]", "a map is needed, this is a list"),
        ("object({ a = string })", "{}", "attribute `a` is missing"),
        (
            "tuple([string])",
            "[]",
            "a tuple of 1 is needed, this has 0",
        ),
        (
            "map(string)",
            "\"${var.x}1\"",
            "a map is needed, this is a string",
        ),
    ];
    for (kind, value, message) in cases {
        assert_eq!(check(kind, value), [message], "{kind} {value}");
    }
}

#[test]
fn what_is_no_type_is_told() {
    let cases = [
        ("strng", "`strng` is no type"),
        ("string(1)", "`string` takes no argument"),
        ("set", "`set` needs an argument, the type of what it holds"),
        ("list()", "`list` takes one argument"),
        ("array(string)", "`array` makes no type"),
        ("object(string)", "`object` takes names and types in braces"),
        ("tuple(string)", "`tuple` takes a list of types in brackets"),
        (
            "optional(string)",
            "`optional` stands outside of an object's attributes",
        ),
        ("[string]", "this is no type"),
        (
            "object({ a = optional(number, \"x\") })",
            "the default does not fit: a number is needed, this is a string",
        ),
    ];
    for (kind, message) in cases {
        assert_eq!(check(kind, "null"), [message], "{kind}");
    }
}
