//! What Terraform blocks become in the model.

use proptest::prelude::*;

use super::{parse, scanner, syntax_error};
use crate::evaluate::{FileScope, entries, lookup};
use crate::model::{ExprKind, SymbolKind, Template};

/// The declarations of a text, one line each.
fn told(text: &str, template: &Template) -> Vec<String> {
    let mut lines = Vec::new();
    for resource in &template.resources {
        let kind = resource.kind_span.of(text);
        let (address, header) = (&resource.address, resource.span.of(text));
        let flags = (
            resource.existing,
            resource.condition.is_some(),
            resource.looped,
        );
        lines.push(format!("{address} {kind} [{header}] {flags:?}"));
    }
    for module in &template.modules {
        let source = module.source_span.of(text);
        lines.push(format!(
            "{} {} {source} {:?}",
            module.address, module.source, module.version
        ));
    }
    for symbol in &template.symbols {
        let name = symbol.name_span.of(text);
        let value = symbol.value.as_ref().map(|value| value.span.of(text));
        let type_name = symbol.type_name.as_deref();
        lines.push(format!(
            "{} {name} {value:?} {type_name:?} {}",
            symbol.address, symbol.secure
        ));
    }
    for assignment in &template.assignments {
        lines.push(format!(
            "{} = {}",
            assignment.name,
            assignment.value.span.of(text)
        ));
    }
    for block in &template.blocks {
        lines.push(format!(
            "{} {:?} [{}]",
            block.kind,
            block.labels,
            block.span.of(text)
        ));
    }
    lines
}

fn check(text: &str, expected: &[&str]) {
    // What stands in a file does not depend on how its lines end or what it begins with.
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    for text in [text, &windows] {
        let (template, errors) = parse(text);
        assert_eq!(errors, [], "{text}");
        assert_eq!(told(text, &template), expected, "{text}");
    }
}

#[test]
fn declarations() {
    check("", &[]);
    check(
        "resource \"azurerm_x\" \"a\" {\n count = 1\n}\ndata t b {\n for_each = {}\n}",
        &[
            "azurerm_x.a \"azurerm_x\" [resource \"azurerm_x\" \"a\"] (false, true, true)",
            "data.t.b t [data t b] (true, false, true)",
        ],
    );
    check(
        "module \"m\" {\n source = \"./m\"\n version = \"1\"\n}\nmodule \"n\" {\n}",
        &[
            "module.m ./m \"./m\" Some(\"1\")",
            "module.n  module \"n\" None",
        ],
    );
    check(
        "variable \"v\" {\n type = list(string)\n default = []\n sensitive = true\n}\nlocals {\n a = 1\n}\noutput \"o\" {\n value = local.a\n}",
        &[
            "var.v \"v\" Some(\"[]\") Some(\"list(string)\") true",
            "local.a a Some(\"1\") None false",
            "output.o \"o\" Some(\"local.a\") None false",
        ],
    );
    check("a = \"x\"\nb = [1]", &["a = \"x\"", "b = [1]"]);
    check(
        "terraform {\n}\nprovider \"p\" {\n}",
        &[
            "terraform [] [terraform]",
            "provider [\"p\"] [provider \"p\"]",
        ],
    );
    check(
        "resource \"only_one_label\" {\n}",
        &["resource [\"only_one_label\"] [resource \"only_one_label\"]"],
    );
}

#[test]
fn outputs_are_symbols_of_their_own() {
    let (template, _) = parse("output \"o\" {\n value = 1\n description = \"d\"\n}");
    let output = template.symbols.first().expect("one symbol");
    assert_eq!(output.kind, SymbolKind::Output);
    assert_eq!(output.description.as_deref(), Some("d"));
}

#[test]
fn references_have_addresses() {
    let check = |value: &str, expected: &str, steps: usize| {
        let text = format!("a = {value}");
        let (template, _) = parse(&text);
        let value = &template.assignments.first().expect("one assignment").value;
        let ExprKind::Reference { root, path } = &value.kind else {
            panic!("{text} is no reference: {value:?}");
        };
        assert_eq!((root.as_str(), path.len()), (expected, steps), "{text}");
    };
    check("var.x", "var.x", 0);
    check("var.x.y[0][\"k\"]", "var.x", 3);
    check("local.x[*].y", "local.x", 2);
    check("data.t.n.id", "data.t.n", 1);
    check("t.n.id", "t.n", 1);
    check("\"${module.m.out}\"", "module.m", 1);
    check("each.value", "each.value", 0);
    check("x", "x", 0);
    check("x[0].y", "x", 2);
}

#[test]
fn one_error_says_where_and_what() {
    let check = |text: &str, at: &str, message: &str| {
        let (template, errors) = parse(text);
        assert!(told(text, &template).len() <= 1);
        let [error] = errors.as_slice() else {
            panic!("{text}: {errors:?}");
        };
        assert_eq!(error.span.of(text), at, "{text}");
        assert!(error.message.contains(message), "{}", error.message);
        assert!(error.message.ends_with(" judged"));
    };
    check("a \"b\" {\n c = 1 d = 2\n}", "d", "expected newline");
    check("a = ", "a", "unexpected token");
    check("x = 1\na = \"x\n", "\"", "`\"` is never closed");
    check("a = { # }", "{", "`{` is never closed");
    check("a = 1 /* é", "/", "expected newline");
    check("a = b.é)", ")", "expected newline");
    check("\u{feff}a = ]", "]", "expected an expression");
    check("é = 1\nb = )", ")", "expected an expression");
    check("a = 1\na = 2", "a", "an argument is set twice");
    check(
        "a = { (b) = 1, (b) = 2 }",
        "(",
        "an object has the same key twice",
    );
    let deep = format!("a = {}{}", "[".repeat(200), "]".repeat(200));
    check(&deep, "[", "nested more than 64 levels deep");
    let long = format!("a = 1{}", " + 1".repeat(200));
    check(&long, "+", "more than 128 operators in a row");
}

proptest! {
    #[test]
    fn nothing_panics_on_any_text(text in "\\PC{0,80}") {
        parse(&text);
        scanner::tokens(&text);
    }

    #[test]
    fn nothing_panics_on_likely_text(
        values in prop::collection::vec(value(), 1..4),
        path in prop::collection::vec("[ab]", 0..3),
    ) {
        let [first, rest @ ..] = values.as_slice() else {
            return Ok(());
        };
        let locals: Vec<String> = rest
            .iter()
            .enumerate()
            .map(|(at, value)| format!(" {} = {value}\n", ["a", "b", "c"][at]))
            .collect();
        let text = format!("resource \"t\" \"n\" {{\n a = {first}\n}}\nlocals {{\n{}}}\n", locals.concat());
        let (template, errors) = parse(&text);
        prop_assert_eq!(errors, []);
        let scope = FileScope::new(&template);
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let body = &template.resources[0].body;
        for candidate in lookup(&scope, body, &path).candidates {
            prop_assert!(text.get(candidate.at.span.start as usize..candidate.at.span.end as usize).is_some());
            prop_assert!(!candidate.source.span.of(&text).is_empty());
        }
        entries(&scope, body, &path);
    }
}

fn value() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "null",
        "true",
        "1.0",
        "\"x\"",
        "local.a",
        "local.b",
        "var.v",
        "each.value",
        "\"é${local.a}\"",
    ]);
    leaf.prop_map(str::to_owned)
        .prop_recursive(5, 40, 3, |inner| {
            let one = inner.clone();
            let two = (inner.clone(), inner.clone());
            let three = (inner.clone(), inner.clone(), inner);
            prop_oneof![
                one.clone().prop_map(|a| format!("[{a}]")),
                one.clone().prop_map(|a| format!("!{a}")),
                one.clone().prop_map(|a| format!("({a})[0]")),
                one.prop_map(|a| format!("[for a in {a} : a]")),
                two.clone()
                    .prop_map(|(a, b)| format!("{{ a = {a}, (b) = {b} }}")),
                two.clone().prop_map(|(a, b)| format!("merge({a}, {b}).a")),
                two.clone()
                    .prop_map(|(a, b)| format!("concat({a}, {b}...)")),
                two.prop_map(|(a, b)| format!("({a} == {b})")),
                three
                    .clone()
                    .prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
                three.prop_map(|(a, b, c)| format!("lookup({a}, {b}, {c})")),
            ]
        })
}

#[test]
fn the_last_of_equal_keys_counts() {
    let text = "a = {\n  x = 1\n  y = 2\n  x = 3\n  \"y\" = 4\n}\n";
    let (template, errors) = parse(text);
    assert!(errors.is_empty());
    let scope = FileScope::new(&template);
    let body = &template.assignments[0].value;
    for (name, wanted) in [("x", "3"), ("y", "4")] {
        let values = lookup(&scope, body, &[name]);
        let found: Vec<_> = values
            .candidates
            .iter()
            .map(|one| one.value.as_text())
            .collect();
        assert_eq!(found, [Some(wanted)], "{name}");
    }
}

#[test]
fn strings_end_in_their_line() {
    let text = "a = 1\nb = \"x\n\"\n";
    let error = syntax_error(text).unwrap();
    assert_eq!(error.span.of(text), "\"");
    assert_eq!(
        error.message,
        "cannot be read as Terraform: `\"` is never closed"
    );
    assert_eq!(parse(text).1.len(), 1);
    assert!(syntax_error("a = \"${join(\",\n\", b)}\"\n").is_some());
    for text in [
        "a = \"\\\"\"\n",
        "a = \"${\nb}\"\n",
        "a = <<E\n\"\nE\n",
        "# \"\na = \"\\\\\"\n",
    ] {
        assert_eq!(syntax_error(text), None, "{text}");
    }
}
